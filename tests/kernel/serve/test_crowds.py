"""Many bodies at once, from people and from others: what they take of the machine has an end, and leaves room."""

import contextlib
import http.client
import os
import select
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.kernel.serve import protocol, room
from tests.conftest import make_person
from tests.kernel.network import Network, eventually
from tests.kernel.serve.conftest import Application, Headers, session_of
from tests.kernel.serve.test_bodies import ask, raw
from tests.kernel.serve.test_processes import children, free_port, start


@contextlib.contextmanager
def half_sent(port: int, size: int, *, of: int, address: str = "127.0.0.1", **headers: str) -> Iterator[socket.socket]:
    """A body of which so many bytes were sent, and the rest keeps one waiting."""
    said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(address, 0)) as end:
        end.sendall(f"POST /body/ HTTP/1.1\r\nHost: x\r\n{said}Content-Length: {of}\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):  # refused while it was sent
            end.sendall(b"x" * size)
        yield end


def status_from(address: str, port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
    with contextlib.closing(connection):
        connection.request("POST", "/body/", b"a few words")
        return connection.getresponse().status


def files_of_bodies(folder: Path) -> int:
    """Nameless files that this process, in which the port runs, holds there."""
    held = 0
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            held += os.readlink(f"/proc/self/fd/{number}").startswith(str(folder / "tmp"))
    return held


def test_one_address_leaves_most_places_to_the_others(port: int, monkeypatch):
    monkeypatch.setattr(room, "MOST_BODIES", 40)
    with contextlib.ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(half_sent(port, 1, of=100))
        eventually(lambda: status_from("127.0.0.1", port) == 503)
        assert status_from("127.0.0.2", port) == 200
    eventually(lambda: status_from("127.0.0.1", port) == 200)


def test_a_household_that_has_many_addresses_is_one_sender(port: int, monkeypatch):
    monkeypatch.setattr(room, "MOST_BODIES", 8)
    with contextlib.ExitStack() as stack:
        for address in ("2001:db8::1", "2001:db8::ffff:2"):
            stack.enter_context(half_sent(port, 1, of=100, **{"X-Forwarded-For": address}))
        eventually(lambda: ask(port, "POST", "/body/", b"x", X__Forwarded__For="2001:db8::3").status == 503)
        assert ask(port, "POST", "/body/", b"x", X__Forwarded__For="2001:db8:0:1::1").status == 200


def test_when_all_places_are_taken_it_is_said_and_one_reads_on(port: int, monkeypatch):
    monkeypatch.setattr(room, "MOST_BODIES", 8)
    with contextlib.ExitStack() as stack:
        for n in range(8):
            stack.enter_context(half_sent(port, 1, of=100, address=f"127.0.0.{10 + n}"))
        eventually(lambda: status_from("127.0.0.2", port) == 503)
        refusal = ask(port, "POST", "/body/", b"a few words")
        assert (refusal.status, refusal.headers["Retry-After"]) == (503, "5")
        assert "Il y a foule." in refusal.content.decode()
        assert ask(port, "GET", "/hello/").content == b"hello"


def test_small_bodies_wait_in_memory(port: int, folder: Path):
    with contextlib.ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(half_sent(port, 30_000, of=60_000))
        large = stack.enter_context(half_sent(port, 100_000, of=100_001))
        eventually(lambda: files_of_bodies(folder) == 1)
        large.sendall(b"x")
        assert large.recv(100).startswith(b"HTTP/1.1 200")
    eventually(lambda: files_of_bodies(folder) == 0)


def test_many_small_bodies_wait_on_the_disk(port: int, folder: Path, application: Application, monkeypatch):
    monkeypatch.setattr(room, "IN_MEMORY", 100_000)
    with contextlib.ExitStack() as stack:
        ends = [stack.enter_context(half_sent(port, 30_000, of=30_001)) for _ in range(20)]
        eventually(lambda: files_of_bodies(folder) >= 16)
        for end in ends:
            end.sendall(b"y")
            assert end.recv(100).startswith(b"HTTP/1.1 200")
    assert application.bodies == [b"x" * 30_000 + b"y"] * 20


def test_one_person_leaves_most_of_the_disk_to_the_others(port: int, signed_in: Headers):
    """Ten of the largest (3 MB each) fit; to one person, two and a half."""
    bruno = session_of(make_person("bruno", "Bruno Le Goff"))
    with contextlib.ExitStack() as stack:
        sent = [stack.enter_context(half_sent(port, 2_900_000, of=2_900_001, **signed_in)) for _ in range(3)]
        (too_much,) = select.select(sent, [], [], 30)[0]
        assert too_much.recv(100).startswith(b"HTTP/1.1 503")
        assert ask(port, "POST", "/body/", b"x" * 2_900_000, **bruno).status == 200
    eventually(lambda: ask(port, "POST", "/body/", b"x" * 2_900_000, **signed_in).status == 200)


def test_a_few_requests_said_ahead_are_answered(port: int):
    with raw(port, "GET /hello/ HTTP/1.1\nHost: x\n\n" * 4) as end:
        heard = b""
        while heard.count(b"hello") < 4:
            heard += end.recv(1000)


def test_thousands_said_ahead_are_not(port: int, monkeypatch):
    monkeypatch.setattr(protocol, "PATIENCE", 3600)
    heard = b""
    with raw(port, "GET /hello/ HTTP/1.1\nHost: x\n\n" * 2000) as end, contextlib.suppress(ConnectionError):
        while piece := end.recv(65536):
            heard += piece
    assert heard.count(b"hello") <= protocol.MOST_AHEAD + 1
    assert ask(port, "GET", "/hello/").content == b"hello"


@pytest.mark.slow
def test_hundreds_of_strangers_cost_little_memory(network: Network):
    port = free_port()
    served = start(network, port)
    pid = children(served.pid)["parvis-port"]
    before = megabytes(pid)
    with contextlib.ExitStack() as stack:
        strangers = [stack.enter_context(_pushing(port)) for _ in range(300)]
        peak = max(megabytes(pid) for stranger in strangers if not stranger.join())
    # Each sent a megabyte: 300 MB when all of it was kept.
    assert peak - before < 120


def megabytes(pid: int) -> float:
    """Memory that the process has to itself."""
    about = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in about if line.startswith("Private_")) / 1024


@contextlib.contextmanager
def _pushing(port: int) -> Iterator[threading.Thread]:
    """Somebody who sends most of a megabyte that nobody asked for, and stays."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as end:

        def push() -> None:
            with contextlib.suppress(OSError):
                end.sendall(b"POST /connexion/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
                end.sendall(b"x" * 990_000)

        thread = threading.Thread(target=push)
        thread.start()
        yield thread
