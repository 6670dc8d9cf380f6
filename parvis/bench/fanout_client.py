"""Thousands of browsers in one process of their own: `python -m parvis.bench.fanout_client`, orders on stdin.

Each order and each answer is one line of JSON. Plain sockets and epoll, so that what is measured is the server.
"""

import json
import resource
import select
import socket
import sys
import time
from typing import Any

WAVE = 100
PING, PONG = b"\x89\x00", b"\x8a\x80\x00\x00\x00\x00"


class Browsers:
    def __init__(self) -> None:
        self._readers: dict[int, socket.socket] = {}
        self._silent: list[socket.socket] = []
        self._epoll = select.epoll()

    def connect(self, *, port: int, clients: int, silent: int, cookies: list[str], topic: str) -> dict[str, Any]:
        """Opens them all and waits until each was told something. The last `silent` never read again."""
        began = time.monotonic()
        opened: list[socket.socket] = []
        while len(opened) < clients:
            count = min(WAVE, clients - len(opened))
            wave = [self._opened(port, cookies[(len(opened) + n) % len(cookies)]) for n in range(count)]
            for end in wave:
                until(end, b"\r\n\r\n")
                end.sendall(masked(json.dumps({"subscribe": {topic: -1}}).encode()))
            for end in wave:
                until(end, b"}")
                end.setblocking(False)
                opened.append(end)
                if len(opened) > clients - silent:
                    self._silent.append(end)
                else:
                    self._readers[end.fileno()] = end
                    self._epoll.register(end.fileno(), select.EPOLLIN)
            self.answer_pings()
        self.settle()
        return {"seconds": time.monotonic() - began}

    def answer_pings(self) -> None:
        """What a browser does by itself, whatever its page is waiting for."""
        for number, _ in self._epoll.poll(0):
            self._read(number)

    def settle(self) -> dict[str, Any]:
        """Reads until nothing came for a while."""
        while ready := self._epoll.poll(0.3):
            for number, _ in ready:
                self._read(number)
        return {}

    def expect(self, *, within: float = 20.0) -> dict[str, Any]:
        """Until each reader got a frame. Gives the moment of the last, on the clock all processes share."""
        waiting = set(self._readers)
        deadline = time.monotonic() + within
        last = 0.0
        sys.stdout.write('{"waiting": true}\n')
        sys.stdout.flush()
        while waiting and time.monotonic() < deadline:
            for number, _ in self._epoll.poll(0.2, 512):
                if self._read(number):
                    waiting.discard(number)
                    last = time.monotonic()
        return {"last": last, "missing": len(waiting)}

    def close(self) -> dict[str, Any]:
        for end in [*self._readers.values(), *self._silent]:
            end.close()
        self._epoll.close()
        self.__init__()  # type: ignore[misc]
        return {}

    def _opened(self, port: int, cookie: str) -> socket.socket:
        end = socket.socket()
        # Small, so that those who do not read are soon full; a frame is a hundred bytes.
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        end.settimeout(30)
        end.connect(("127.0.0.1", port))
        end.sendall(
            f"GET /live/ HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: parvis_session={cookie}\r\n\r\n".encode()
        )
        return end

    def _read(self, number: int) -> bool:
        try:
            heard = self._readers[number].recv(4096)
        except BlockingIOError:
            return False
        if not heard:
            raise SystemExit("The server closed a browser that reads.")
        if PING in heard:  # alone, or behind a frame; no JSON holds these bytes
            self._readers[number].send(PONG)
            return heard != PING
        return True


def until(end: socket.socket, mark: bytes) -> None:
    heard = b""
    while not heard.endswith(mark):
        piece = end.recv(4096)
        if not piece:
            raise SystemExit(f"The server refused a browser: {heard[:200]!r}")
        heard += piece


def masked(message: bytes) -> bytes:
    assert len(message) < 126
    return bytes((0x81, 0x80 | len(message), 0, 0, 0, 0)) + message


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    browsers = Browsers()
    while True:
        while not select.select([sys.stdin], [], [], 1.0)[0]:
            browsers.answer_pings()
        line = sys.stdin.readline()
        if not line:
            return
        order = json.loads(line)
        answer = getattr(browsers, order.pop("do"))(**order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
