"""A server of its own for a measurement, and what one request costs it."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

from parvis.bench.measuring import cpu_seconds


@contextlib.contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Its port and its process. Raises SystemExit when it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "parvis.bench.feed_server", str(port)]
    env = {**os.environ, "PARVIS_URL": f"http://localhost:{port}"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True)  # noqa: S603
    try:
        assert server.stdout is not None
        if server.stdout.readline().strip() != "ready":
            raise SystemExit("The bench's server did not start.")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def cpu_ms(port: int, pid: int, path: str, cookie: str, count: int) -> float:
    """CPU of the server for one request, of `count` on one connection."""
    browser = http.client.HTTPConnection("127.0.0.1", port)
    before = cpu_seconds(pid)
    for _ in range(count):
        get(browser, path, cookie)
    spent = cpu_seconds(pid) - before
    browser.close()
    return spent / count * 1000


def get(browser: http.client.HTTPConnection, path: str, cookie: str, headers: dict[str, str] | None = None) -> int:
    browser.request("GET", path, headers={"Cookie": cookie, "Host": "localhost", **(headers or {})})
    answer = browser.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"The bench got {answer.status} for {path[:60]}.")
    return len(body)
