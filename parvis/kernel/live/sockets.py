"""One browser's WebSocket: handshake, limits, and a write that never waits. It tells the hub what it hears."""

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host  # noqa: TID251 - the same rule as Django's for the names we answer to
from websockets.http11 import Request
from websockets.server import ServerProtocol

from parvis.kernel.live import wire
from parvis.kernel.live.rights import session_key_in

if TYPE_CHECKING:
    from parvis.kernel.live.hub import Hub, Topic

_quiet = logging.getLogger("parvis.live.handshake")
_quiet.setLevel(logging.WARNING)

PATH = "/live/"
MESSAGE_BYTES = 16 * 1024
# A browser's frames: a burst when a page opens, then a few.
BURST, PER_SECOND = 40.0, 5.0
# Beyond this many bytes waiting in the process, the socket is passed over until it reads again.
HIGH_WATER = 16 * 1024
# What the kernel may hold for a socket that does not read.
KERNEL_BUFFER = 64 * 1024
FAREWELL = 3.0


class Socket(asyncio.Protocol):
    """Speaks on uvicorn's port: uvicorn hands over the transport and the request that asks for an upgrade."""

    __slots__ = (
        "_allowance",
        "_allowed_at",
        "_connections",
        "_hub",
        "_is_closing",
        "_reader",
        "_transport",
        "heard_at",
        "missed",
        "person_id",
        "pinged_at",
        "session_key",
        "topics",
        "write",
    )

    def __init__(self, hub: "Hub", *, server_state: Any, **_of_uvicorn: Any) -> None:
        self._hub = hub
        self._connections = server_state.connections
        self._reader: wire.Reader | None = None
        self._is_closing = False
        self.session_key = ""
        self.person_id: int | None = None
        self.topics: set[Topic] = set()
        # None as long as the client reads; else the topics whose frames it was not given.
        self.missed: set[Topic] | None = None
        self.heard_at = self.pinged_at = self._allowed_at = time.monotonic()
        self._allowance = BURST

    # --- What asyncio calls -------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.write: Callable[[bytes], object] = self._transport.write
        self._connections.add(self)

    def data_received(self, data: bytes) -> None:
        if self._reader is None:
            self._shake_hands(data)
            return
        if self._is_closing:
            return
        self.heard_at = time.monotonic()
        try:
            for opcode, payload in self._reader.feed(data):
                if not self._hear(opcode, payload):
                    return  # what else came with it is not even looked at
        except wire.BadFrame as error:
            self.close(error.code)

    def connection_lost(self, exc: Exception | None) -> None:
        self.write = _into_the_void
        self._connections.discard(self)
        if self._reader is not None:
            self._hub.leave(self)

    def pause_writing(self) -> None:
        if self.missed is None:
            self.missed = set()

    def resume_writing(self) -> None:
        missed, self.missed = self.missed, None
        if missed:
            self._hub.catch_up(self, missed)

    def shutdown(self) -> None:
        """What uvicorn calls on every connection when it drains: the browser comes back to the next process."""
        self.close(1012)

    # --- What the hub calls -------------------------------------------------------------------------------------

    def close(self, code: int) -> None:
        """Says why and ends its half; the other half stays open a little, so that the code is not lost in a reset."""
        if self._is_closing:
            return
        self._is_closing = True
        self.write(wire.closing(code))
        self.write = _into_the_void
        if self._transport.can_write_eof():
            self._transport.write_eof()
        asyncio.get_running_loop().call_later(FAREWELL, self._transport.abort)

    def abort(self) -> None:
        self._transport.abort()

    # --- Inside -------------------------------------------------------------------------------------------------

    def _hear(self, opcode: int, payload: bytes) -> bool:
        """Whether to listen on."""
        now = time.monotonic()
        self._allowance = min(BURST, self._allowance + (now - self._allowed_at) * PER_SECOND) - 1
        self._allowed_at = now
        if opcode == wire.CLOSE:
            self.close(1000)
            self._transport.close()
        elif self._allowance < 0:
            self.close(1008)
        elif opcode == wire.TEXT:
            self._hub.hear(self, payload)
        elif opcode == wire.PING:
            self.write(wire.frame(payload, wire.PONG))
        elif opcode == wire.BINARY:
            self.close(1003)
        return not self._is_closing

    def _shake_hands(self, request_bytes: bytes) -> None:
        handshake = ServerProtocol(logger=_quiet)
        handshake.receive_data(request_bytes)
        request = next((event for event in handshake.events_received() if isinstance(event, Request)), None)
        if request is None:
            self._transport.close()
            return
        if urlsplit(request.path).path != PATH:
            response = handshake.reject(404, "")
        elif not comes_from_our_pages(request.headers.get("Origin"), request.headers.get("Host")):
            response = handshake.reject(403, "")
        else:
            response = handshake.accept(request)
        handshake.send_response(response)
        for piece in handshake.data_to_send():
            self.write(piece)
        if response.status_code != 101:
            self._transport.close()
            return
        self._reader = wire.Reader(MESSAGE_BYTES)
        self._transport.set_write_buffer_limits(high=HIGH_WATER)
        end = self._transport.get_extra_info("socket")
        if end is not None:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        self.session_key = session_key_in(request.headers.get_all("Cookie"))
        self._hub.enter(self)


def speaking_with(hub: "Hub") -> Callable[..., Socket]:
    """What uvicorn calls to make the protocol of a connection that asks for an upgrade."""
    return partial(Socket, hub)


def comes_from_our_pages(origin: str | None, host: str | None) -> bool:
    """A page of another site must not open a socket with our reader's cookie.

    The origin is PARVIS_URL, or one of the allowed names when it is also the name the request was sent to.
    """
    if origin is None:
        return False
    if origin == settings.PARVIS_URL:
        return True
    parts = urlsplit(origin)
    return parts.netloc == host and validate_host(parts.hostname or "", settings.ALLOWED_HOSTS)


def _into_the_void(data: bytes) -> None:
    """Where a closed socket writes."""
