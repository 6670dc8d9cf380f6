"""A real port in a thread of the test, and browsers that speak with it."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.types import WSGIApplication

from django.db import connections
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from parvis.kernel.serve.port import Port, listening_on, port


@contextlib.contextmanager
def open_port(django: WSGIApplication) -> Iterator[int]:
    """Yields the number of a port on which that application, the hub and the static files answer."""
    ready = threading.Event()
    end = listening_on("127.0.0.1", 0)
    number = end.getsockname()[1]
    server = port(django, when_ready=ready.set)
    thread = threading.Thread(target=_run, args=[server, end])
    thread.start()
    try:
        assert ready.wait(30)
        yield number
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def _run(server: Port, end: socket.socket) -> None:
    try:
        server.run(sockets=[end])
    finally:
        connections.close_all()


class Tab:
    """One page of a browser, at its WebSocket."""

    def __init__(self, number: int, cookie: str, origin: str | None = "") -> None:
        self._open = contextlib.ExitStack()
        opening = connect(
            f"ws://127.0.0.1:{number}/live/",
            origin=f"http://127.0.0.1:{number}" if origin == "" else origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"parvis_session={cookie}"} if cookie else {},
            compression=None,
        )
        self._socket: ClientConnection = self._open.enter_context(opening)

    def shows(self, **topics: int) -> "Tab":
        """`tab.shows(a3=17)`: subscribes to a:3, of which the page shows version 17."""
        self.say({"subscribe": {f"{name[0]}:{name[1:]}": version for name, version in topics.items()}})
        return self

    def say(self, words: Any) -> None:
        self._socket.send(words if isinstance(words, str | bytes) else json.dumps(words))

    def next(self, within: float = 60) -> dict[str, Any]:
        return dict(json.loads(self._socket.recv(within)))

    def hears_nothing(self, for_seconds: float = 0.15) -> bool:
        try:
            self._socket.recv(for_seconds)
        except TimeoutError:
            return True
        return False

    def close_code(self, within: float = 60) -> int:
        """Waits for the server to close, reading what comes before."""
        while True:
            try:
                self._socket.recv(within)
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006

    def leave(self) -> None:
        self._open.close()


def no_application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("404 Not Found", [])
    return [b""]
