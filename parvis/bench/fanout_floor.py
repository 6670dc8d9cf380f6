"""The floor of the fan-out, frozen: raw sockets on an asyncio loop, and a loop that sends the same bytes to each.

`python -m parvis.bench.fanout_floor PORT SOCKET`: speaks as much WebSocket as the browsers of the bench need, checks
nothing, forgets nothing, serves nothing else. A datagram on the Unix socket is sent to all as one frame.
"""

import asyncio
import contextlib
import socket
import sys

_WELCOME = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)


async def main(port: int, path: str) -> None:
    loop = asyncio.get_running_loop()
    browsers: list[socket.socket] = []
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    door.listen(2048)
    door.setblocking(False)
    orders = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    orders.bind(path)

    def send_to_all() -> None:
        message = orders.recv(65536)
        size = len(message)
        head = bytes((0x81, size)) if size < 126 else bytes((0x81, 126)) + size.to_bytes(2, "big")
        frame = head + message
        for browser in browsers:
            with contextlib.suppress(OSError):
                browser.send(frame)

    async def welcome(browser: socket.socket) -> None:
        browser.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
        with contextlib.suppress(OSError):
            await loop.sock_recv(browser, 4096)
            await loop.sock_sendall(browser, _WELCOME)
            await loop.sock_recv(browser, 4096)
            await loop.sock_sendall(browser, b"\x81\x02{}")
        browsers.append(browser)

    loop.add_reader(orders, send_to_all)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    tasks = set()
    while True:
        browser, _ = await loop.sock_accept(door)
        tasks.add(task := loop.create_task(welcome(browser)))
        task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
