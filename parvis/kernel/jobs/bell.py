"""Waking the workers after a commit. A lost ring costs a second: they look for themselves that often.

On one machine each worker listens on a datagram socket in the data folder; between hosts Redis carries the ring.
"""

import contextlib
import os
import select
import socket
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from parvis.kernel.redis import channel

_log = structlog.get_logger()


def ring(lane: str) -> None:
    """Never raises and never waits: the job is committed whether or not somebody hears."""
    with contextlib.suppress(OSError):
        folder = _folder()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as caller, _opened(folder) as handle:
            caller.setblocking(False)
            for name in os.listdir(handle):
                _ring_one(caller, handle, name, lane)
    if settings.REDIS_URL:
        with contextlib.suppress(Exception):
            _redis(seconds=1).publish(channel("work"), lane)


class Bell:
    """What one worker hears. Use as a context manager; `wait` gives the lanes called, "" for `wake_self`."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._ears: list[socket.socket] = [self._near]
        self._path: Path | None = None

    def __enter__(self) -> "Bell":
        with contextlib.suppress(OSError):
            self._listen()
        if settings.REDIS_URL:
            threading.Thread(target=self._listen_to_redis, name="bell", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._path:
            self._path.unlink(missing_ok=True)
        for ear in [*self._ears, self._far]:
            ear.close()

    def wait(self, seconds: float) -> set[str]:
        heard: set[str] = set()
        for ear in select.select(self._ears, [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                while said := ear.recv(64):
                    heard.add(said.decode(errors="replace").strip())
        return heard

    def wake_self(self, lane: str = "") -> None:
        with contextlib.suppress(OSError):
            self._far.send(lane.encode() or b" ")

    def _listen(self) -> None:
        folder = _folder()
        name = f"work-{os.getpid()}-{id(self):x}.sock"
        ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ear.setblocking(False)
        with _opened(folder) as handle:
            ear.bind(_address(handle, name))
        self._path = folder / name
        self._ears.append(ear)

    def _listen_to_redis(self) -> None:
        while True:
            try:
                with _redis(seconds=None).pubsub(ignore_subscribe_messages=True) as heard:
                    heard.subscribe(channel("work"))
                    for message in heard.listen():
                        self.wake_self(message["data"].decode())
            except Exception as trouble:
                _log.warning("bell_without_redis", trouble=type(trouble).__name__)
                threading.Event().wait(5)


def _ring_one(caller: socket.socket, handle: int, name: str, lane: str) -> None:
    if not name.startswith("work-"):
        return
    try:
        caller.sendto(lane.encode(), _address(handle, name))
    except ConnectionRefusedError:  # its worker was killed
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=handle)
    except OSError:
        pass  # its queue is full: it is awake


def _folder() -> Path:
    folder: Path = settings.PARVIS_DATA / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """A folder by its descriptor: socket addresses hold 107 bytes, and data folders have longer names."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _address(handle: int, name: str) -> str:
    return f"/proc/self/fd/{handle}/{name}"


@cache
def _redis(*, seconds: float | None) -> Any:
    import redis

    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=seconds)
