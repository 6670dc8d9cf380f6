"""How a change reaches the hub: at once within its process, by a Unix socket from another, by Redis from another host.

Nothing here waits or raises: the hub reads the table of changes every five seconds and finds what was lost.
"""

import json
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from parvis.kernel.redis import channel

log = logging.getLogger("parvis.live")
RECHECK = "recheck"
_REST_AFTER_A_FAILURE = 5.0


@dataclass(frozen=True, slots=True)
class Signal:
    """`change` is the id of its row: the hub tells a late copy from news. A topic may be `recheck:<person>`."""

    topic: str
    version: int = 0
    counts: dict[str, int] | None = None
    author: int | None = None
    change: int | None = None

    def encoded(self) -> bytes:
        return json.dumps({k: v for k, v in asdict(self).items() if v is not None}, separators=(",", ":")).encode()

    @classmethod
    def decoded(cls, raw: bytes) -> "Signal":
        return cls(**json.loads(raw))


class Wake:
    """The way to the hub. A hub in this process registers itself as `here`."""

    here: Callable[[Signal], None] | None = None
    _resting_until = 0.0

    def send(self, signal: Signal) -> None:
        if settings.REDIS_URL and self._published(signal):
            return
        if self.here is not None:
            self.here(signal)
        elif not settings.REDIS_URL:
            send_to_the_socket(signal.encoded())

    def _published(self, signal: Signal) -> bool:
        """A Redis that is down costs one short wait every five seconds, not one a write."""
        if time.monotonic() < self._resting_until:
            return False
        from redis.exceptions import RedisError  # 0.3 s and memory that one machine alone does without

        try:
            _redis().publish(channel("live"), signal.encoded())
        except (OSError, RedisError) as error:
            self._resting_until = time.monotonic() + _REST_AFTER_A_FAILURE
            log.warning("live signals do not reach Redis: %s", error)
            return False
        return True


wake = Wake()


@contextmanager
def socket_path() -> Iterator[str]:
    """The hub's socket in the data folder. A socket's name holds 107 bytes, so the folder is named by its number."""
    folder = os.open(settings.PARVIS_DATA, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/live.sock"
    finally:
        os.close(folder)


def listening_socket() -> socket.socket:
    """The hub's end. Only this user's processes may write to it."""
    Path(settings.PARVIS_DATA, "live.sock").unlink(missing_ok=True)
    end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    with socket_path() as path:
        end.bind(path)
        os.chmod(path, 0o600)
    return end


def send_to_the_socket(message: bytes) -> None:
    try:
        with socket_path() as path, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as end:
            end.sendto(message, path)
    except OSError:
        pass  # nobody serves, or the hub is busy: it will read the table


@cache
def _redis() -> Any:
    from redis import Redis

    return Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
