"""A hub at work in this process: fed by the database, by this process, and by the socket or by Redis."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections

from parvis.kernel.live import changes, rights
from parvis.kernel.live.hub import Hub, Source
from parvis.kernel.live.rights import Answer, Ask
from parvis.kernel.live.signals import Signal, listening_socket, wake
from parvis.kernel.metrics import gauge
from parvis.kernel.redis import channel

log = logging.getLogger("parvis.live")
_LATE = 20.0  # seconds; longer than any transaction of ours


def new_hub() -> Hub:
    return Hub(Source(_look, changes.changes_since, changes.newest_change, _late, connections.close_all))


@contextlib.asynccontextmanager
async def at_work(hub: Hub) -> AsyncIterator[None]:
    """From here on `live.note` and `live.signal`, from any process, reach this hub."""
    await hub.start()
    gauge("parvis_live_sockets", "Pages that listen to this process", lambda: len(hub.sockets))
    before, wake.here = wake.here, hub.receive
    try:
        async with _from_redis(hub) if settings.REDIS_URL else _from_the_socket(hub):
            yield
    finally:
        wake.here = before
        await hub.stop()


def _look(asks: Sequence[Ask]) -> list[Answer]:
    close_old_connections()
    return rights.look(asks)


def _late() -> float:
    return _LATE if changes.ids_may_commit_out_of_order() else 0.0


@contextlib.asynccontextmanager
async def _from_the_socket(hub: Hub) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    end = listening_socket()

    def read() -> None:
        for _ in range(1000):
            try:
                message = end.recv(65536)
            except BlockingIOError:
                return
            _receive(hub, message)

    loop.add_reader(end, read)
    try:
        yield
    finally:
        loop.remove_reader(end)
        end.close()
        path = Path(settings.PARVIS_DATA, "live.sock")
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


@contextlib.asynccontextmanager
async def _from_redis(hub: Hub) -> AsyncIterator[None]:
    task = asyncio.create_task(_listen_to_redis(hub))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _listen_to_redis(hub: Hub) -> None:
    """For ever; while Redis is away, the table of changes is enough."""
    from redis.asyncio import Redis

    while True:
        try:
            async with Redis.from_url(settings.REDIS_URL) as redis, redis.pubsub() as heard:
                await heard.subscribe(channel("live"))
                async for message in heard.listen():
                    if message["type"] == "message":
                        _receive(hub, message["data"])
        except (TimeoutError, OSError) as error:
            log.warning("live: Redis is away: %s", error)
        except Exception:
            log.exception("live: listening to Redis failed")
        await asyncio.sleep(1)


def _receive(hub: Hub, message: bytes) -> None:
    try:
        hub.receive(Signal.decoded(message))
    except (ValueError, TypeError):
        log.warning("live: a signal that cannot be read")
