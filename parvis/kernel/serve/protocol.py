"""uvicorn's HTTP, with limits on how long a client may take to say what it wants, and how much."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Seconds for the request line and the headers. Bodies have their own patience (spool.py), idle connections theirs.
PATIENCE = 20.0
# Bytes that may come without a whole head or a piece of a body: headers, or what follows the last piece.
MOST_HEAD = 64 * 1024
# Requests said on one connection before the first is answered. No browser does; each takes memory.
MOST_AHEAD = 8


class Patient(HttpToolsProtocol):
    _due: asyncio.TimerHandle | None = None
    _held = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        self._held += len(data)
        super().data_received(data)
        if self._held > MOST_HEAD and not self.transport.is_closing():
            self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_header(self, name: bytes, value: bytes) -> None:
        # What comes after a body (trailers) would otherwise join the headers.
        if self._due is not None:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._held = 0
        self._stop_waiting()
        if len(self.pipeline) >= MOST_AHEAD:
            raise ValueError("too many requests ahead")  # the parser stops there, and uvicorn answers 400
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._held = 0
        super().on_body(body)
        # uvicorn reads on to 64 KB and a read; a piece is enough until the door asks for the next (`receive`).
        if self.cycle is not None and not self.cycle.response_complete:
            self.flow.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._due is None:
            self._due = self.loop.call_later(PATIENCE, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
