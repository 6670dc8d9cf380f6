"""The hub: who listens to what, and one frame for all of them.

It lives on one event loop and reads the database only through what it is given, in a thread of its own. A frame is
made once and the same bytes go to every socket. A socket that does not read is passed over: it keeps the names of
what it missed (never the frames), gets the newest of each when it reads again, and is cut within a minute.
"""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from parvis.kernel.live import wire
from parvis.kernel.live.rights import Answer, Ask
from parvis.kernel.live.signals import RECHECK, Signal
from parvis.kernel.live.sockets import Socket
from parvis.kernel.live.topics import MOST_TOPICS, parsed

log = logging.getLogger("parvis.live")

SIGNED_OUT, TOO_MANY, BAD_MESSAGE = 4401, 4429, 1008
MOST_SOCKETS_A_PERSON = 60
# Sockets written to (about a millisecond) before pages get their turn, and for how long when there are any: news may
# come a tenth of a second later to the last of five thousand, a page must not.
CHUNK, BREATH = 128, 0.003
MOST_ASKS_A_LOOK = 200
MOST_TOPICS_A_LOOK = 2000

# Topic → the version the page shows; None when only the right to hear it is in question.
Wanted = dict[str, int | None]


class Topic:
    __slots__ = ("awaited", "frame", "name", "sockets", "version")

    def __init__(self, name: str) -> None:
        self.name = name
        self.version = 0
        self.frame = b""
        self.sockets: set[Socket] = set()
        self.awaited = 0  # asks under way that name it: what happens meanwhile is not missed


@dataclass(frozen=True)
class Source:
    """What the hub reads, in its thread. `late`: for how many seconds an older change may appear after a newer."""

    look: Callable[[Sequence[Ask]], list[Answer]]
    changes_since: Callable[[int], list[Signal]]
    newest_change: Callable[[], int]
    late: Callable[[], float]
    close: Callable[[], None]


class Hub:
    def __init__(self, source: Source, *, repair_every: float = 5.0, recheck_every: float = 30.0) -> None:
        self._source = source
        self._repair_every, self._recheck_every = repair_every, recheck_every
        self.sockets: set[Socket] = set()
        self.has_pages_to_serve: Callable[[], bool] = lambda: False
        self._topics: dict[str, Topic] = {}
        self._people: dict[int, set[Socket]] = {}
        self._news: dict[Topic, Signal] = {}
        self._asks: dict[Socket, Wanted] = {}
        self._under_way: dict[Socket, Wanted] = {}
        self._has_news, self._has_asks = asyncio.Event(), asyncio.Event()
        self._inbox: deque[Signal] = deque()
        self._is_inbox_announced = False
        self._seen: set[int] = set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        duties = (self._tell(), self._answer(), self._repair(), self._go_round())
        self._tasks = [self._loop.create_task(duty) for duty in duties]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._in_thread(self._source.close)
        self._thread.shutdown(wait=False, cancel_futures=True)

    # --- Sockets come, speak and go ------------------------------------------------------------------------------

    def enter(self, socket: Socket) -> None:
        self.sockets.add(socket)
        self._ask(socket, {})

    def leave(self, socket: Socket) -> None:
        self.sockets.discard(socket)
        for topic in socket.topics:
            topic.sockets.discard(socket)
            self._forget_if_unused(topic)
        socket.topics.clear()
        self._asks.pop(socket, None)
        self._under_way.pop(socket, None)
        mine = self._people.get(socket.person_id or 0, set())
        mine.discard(socket)
        if not mine:
            self._people.pop(socket.person_id or 0, None)

    def hear(self, socket: Socket, message: bytes) -> None:
        """`{"subscribe": {topic: version shown}}`, `{"unsubscribe": [topic]}`; anything else closes."""
        try:
            said = json.loads(message)
            wanted: Wanted = {str(topic): int(shown or 0) for topic, shown in said.get("subscribe", {}).items()}
            unwanted = [str(topic) for topic in said.get("unsubscribe", ())]
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            socket.close(BAD_MESSAGE)
            return
        for name in unwanted:
            self._asks.get(socket, {}).pop(name, None)
            self._under_way.get(socket, {}).pop(name, None)
            if (topic := self._topics.get(name)) is not None:
                self._unsubscribe(socket, topic)
        if wanted:
            held = {topic.name for topic in socket.topics} | self._asks.get(socket, {}).keys()
            if len(held | wanted.keys()) > MOST_TOPICS:
                socket.close(BAD_MESSAGE)
            else:
                self._ask(socket, wanted)

    def catch_up(self, socket: Socket, missed: Iterable[Topic]) -> None:
        """The socket reads again."""
        for topic in missed:
            if topic in socket.topics:
                socket.write(topic.frame)

    # --- Changes -------------------------------------------------------------------------------------------------

    def receive(self, signal: Signal) -> None:
        """From any thread of this process."""
        self._inbox.append(signal)
        if not self._is_inbox_announced:
            self._is_inbox_announced = True
            self._loop.call_soon_threadsafe(self._open_inbox)

    def _open_inbox(self) -> None:
        self._is_inbox_announced = False
        while self._inbox:
            self._sort(self._inbox.popleft())

    def _sort(self, signal: Signal) -> None:
        if signal.change is not None:
            if signal.change in self._seen:
                return
            self._seen.add(signal.change)
        prefix, _, whose = signal.topic.partition(":")
        if prefix == RECHECK:
            self._look_again(int(whose) if whose else None)
        elif (topic := self._topics.get(signal.topic)) is not None:
            waiting = self._news.get(topic)
            if waiting is None or signal.version >= waiting.version:
                self._news[topic] = signal
            self._has_news.set()

    async def _tell(self) -> None:
        """One topic after the other, so that no socket gets an older frame after a newer one."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            while self._news:
                topic = next(iter(self._news))
                signal = self._news.pop(topic)
                topic.version = max(topic.version, signal.version)
                topic.frame = _frame(topic, signal.version, signal.counts, signal.author)
                await self._write_to_all(topic)

    async def _write_to_all(self, topic: Topic) -> None:
        frame = topic.frame
        for place, socket in enumerate(tuple(topic.sockets), 1):
            if socket.missed is not None:
                socket.missed.add(topic)
            elif topic in socket.topics:
                socket.write(frame)
            if not place % CHUNK:
                await asyncio.sleep(BREATH if self.has_pages_to_serve() else 0)

    # --- Rights --------------------------------------------------------------------------------------------------

    def _ask(self, socket: Socket, wanted: Wanted) -> None:
        self._asks.setdefault(socket, {}).update(wanted)
        self._has_asks.set()

    def _look_again(self, person_id: int | None) -> None:
        for socket in self.sockets if person_id is None else self._people.get(person_id, ()):
            self._look_again_at(socket)

    def _look_again_at(self, socket: Socket) -> None:
        held: Wanted = dict.fromkeys((topic.name for topic in socket.topics), None)
        self._ask(socket, held | self._asks.get(socket, {}))

    async def _answer(self) -> None:
        while True:
            await self._has_asks.wait()
            self._has_asks.clear()
            while self._asks:
                self._under_way = self._take_asks()
                await self._answer_those(self._under_way)
                self._under_way = {}

    def _take_asks(self) -> dict[Socket, Wanted]:
        taken: dict[Socket, Wanted] = {}
        size = 0
        while self._asks and len(taken) < MOST_ASKS_A_LOOK and size < MOST_TOPICS_A_LOOK:
            socket = next(iter(self._asks))
            taken[socket] = self._asks.pop(socket)
            size += len(taken[socket])
        return taken

    async def _answer_those(self, under_way: dict[Socket, Wanted]) -> None:
        sockets = list(under_way)
        asks = [Ask(socket.session_key, tuple(filter(parsed, under_way[socket]))) for socket in sockets]
        awaited = {self._topics.setdefault(name, Topic(name)) for ask in asks for name in ask.topics}
        for topic in awaited:
            topic.awaited += 1
        try:
            answers = await self._loop.run_in_executor(self._thread, self._source.look, asks)
        except Exception:
            # The database is away (a restore, a full disk): nobody gains a right, nobody loses a connection.
            log.exception("live: rights could not be read")
            for socket, wanted in under_way.items():
                self._asks[socket] = wanted | self._asks.get(socket, {})
            await asyncio.sleep(1)
        else:
            for socket, answer in zip(sockets, answers, strict=True):
                if socket in under_way:  # it may have left meanwhile
                    self._apply(socket, under_way[socket], answer)
        for topic in awaited:
            topic.awaited -= 1
            self._forget_if_unused(topic)

    def _apply(self, socket: Socket, wanted: Wanted, answer: Answer) -> None:
        if answer.person_id is None or not self._is_placed(socket, answer.person_id):
            socket.close(SIGNED_OUT if answer.person_id is None else TOO_MANY)
            self.leave(socket)
            return
        held = {topic.name for topic in socket.topics}
        lost = [
            name
            for name, shown in wanted.items()
            if name not in answer.granted and (shown is not None or name in held)  # or it was said already
        ]
        for name in lost:
            if (topic := self._topics.get(name)) is not None:
                self._unsubscribe(socket, topic)
        if lost:
            socket.write(wire.frame(_json({"lost": lost})))
        for name, shown in wanted.items():
            if name in answer.granted and shown is not None:
                topic = self._topics[name]
                topic.version = max(topic.version, answer.granted[name])
                topic.sockets.add(socket)
                socket.topics.add(topic)
                if topic.version > shown:
                    socket.write(_frame(topic, topic.version))

    def _is_placed(self, socket: Socket, person_id: int) -> bool:
        socket.person_id = person_id
        mine = self._people.setdefault(person_id, set())
        mine.add(socket)
        return len(mine) <= MOST_SOCKETS_A_PERSON

    def _unsubscribe(self, socket: Socket, topic: Topic) -> None:
        topic.sockets.discard(socket)
        socket.topics.discard(topic)
        self._forget_if_unused(topic)

    def _forget_if_unused(self, topic: Topic) -> None:
        if not topic.sockets and not topic.awaited and self._topics.get(topic.name) is topic:
            del self._topics[topic.name]
            self._news.pop(topic, None)

    # --- What time brings ----------------------------------------------------------------------------------------

    async def _go_round(self) -> None:
        """Every 30 s each socket is pinged and its rights are read again; one that was silent meanwhile is cut."""
        while True:
            await asyncio.sleep(min(1.0, self._recheck_every / 4))
            now = time.monotonic()
            due = [socket for socket in self.sockets if socket.pinged_at <= now - self._recheck_every]
            for socket in due[: max(100, len(self.sockets) // 20)]:
                if socket.heard_at < socket.pinged_at:
                    socket.abort()
                    continue
                socket.pinged_at = now
                if socket.missed is None:
                    socket.write(wire.frame(b"", wire.PING))
                self._look_again_at(socket)

    async def _repair(self) -> None:
        """Reads the changes that no signal announced.

        Where a lower id may appear after a higher one, the last seconds are read again; `_seen` tells what is news.
        """
        read_to = kept_from = -1
        marks: deque[tuple[float, int]] = deque()
        while True:
            try:
                if read_to < 0:
                    read_to = kept_from = await self._in_thread(self._source.newest_change)
                    late = await self._in_thread(self._source.late)
                read_to = kept_from
                while changes := await self._in_thread(partial(self._source.changes_since, read_to)):
                    read_to = changes[-1].change or read_to
                    for change in changes:
                        self._sort(change)
                marks.append((time.monotonic(), read_to))
                while marks and marks[0][0] <= time.monotonic() - late:
                    kept_from = marks.popleft()[1]
                self._seen = {change for change in self._seen if change > kept_from}
            except Exception:
                log.exception("live: changes could not be read")
            await asyncio.sleep(self._repair_every)

    async def _in_thread(self, read: Callable[[], Any]) -> Any:
        return await self._loop.run_in_executor(self._thread, read)


def _frame(topic: Topic, version: int, counts: dict[str, int] | None = None, author: int | None = None) -> bytes:
    """`audience`: how many listen, from which a browser draws its jitter."""
    said: dict[str, Any] = {"topic": topic.name, "version": version, "audience": len(topic.sockets)}
    if counts:
        said["counts"] = counts
    if author is not None:
        said["author"] = author
    return wire.frame(_json(said))


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
