"""Nothing that the Internet may not reach is reached through us: by no spelling, name, redirection or port."""

import contextlib
import gzip
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import httpx
import pytest

from parvis.kernel.http import Failed, Refused, fetch
from parvis.kernel.http.guard import Guard, GuardedTransport, is_public


def _free() -> int:
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        return int(end.getsockname()[1])


PORT = _free()
HERE = f"127.0.0.1:{PORT}"
CASES = Path(__file__).parents[4] / "shared/data/hostile/ssrf-testing/README.md"


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/hello":
            self.answer(b"bonjour")
        elif self.path.startswith("/to?"):
            self.answer(b"", status=302, location=self.path.partition("?")[2])
        elif self.path == "/packed":
            self.answer(gzip.compress(b"a" * 1000), packing="gzip")
        elif self.path == "/bomb":
            self.answer(gzip.compress(b"\0" * 50_000_000), packing="gzip")
        elif self.path == "/long":
            self.answer(b"x" * 200_000)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        elif self.path == "/who":
            self.answer((self.headers["Host"] or "").encode())

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes, *, status: int = 200, location: str = "", packing: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if packing:
            self.send_header("Content-Encoding", packing)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HERE}"
    server.shutdown()
    server.server_close()


def to_here(host: str, port: int) -> list[str]:
    """A name server in the attacker's hands; numbers are read as the system reads them."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]
    except (OSError, UnicodeError):
        return ["127.0.0.1"]


def test_an_answer_comes_whole(site):
    answer = fetch(f"{site}/hello", allow=[HERE])

    assert (answer.status, answer.body) == (200, b"bonjour")
    assert fetch(site, method="POST", content=b"{}", allow=[HERE]).body == b"{}"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://[::]/", "http://127.1/",
        "http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://10.0.0.8/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://100.64.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[::7f00:1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://[fd00:ec2::254]/", "http://224.0.0.1/", "http://255.255.255.255/",
        "http://240.0.0.1/", "http://198.18.0.1/", "http://192.0.2.1/", "http://[fec0::1]/", "http://①②⑦.⓪.⓪.①/",
        "http://metadata.google.internal/", "http://public.example@127.0.0.1/", "http://127.0.0.1:80\\@a.example/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_the_internets_are_refused(url):
    with pytest.raises((Refused, Failed)):
        fetch(url, resolve=to_here, seconds=2)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "193.0.14.129"])
def test_addresses_of_the_internet_are_not(address):
    assert is_public(address)


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "//a.example/", ""])
def test_only_the_web_is_spoken(url):
    with pytest.raises((Refused, Failed)):
        fetch(url, resolve=lambda *_: ["8.8.8.8"], seconds=1)


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 8000, 11211])
def test_odd_ports_are_refused(port):
    with pytest.raises(Refused):
        fetch(f"http://a.example:{port}/", resolve=lambda *_: ["8.8.8.8"])


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(Refused):
        fetch("http://a.example/", resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])


def test_a_name_is_asked_once_and_its_first_answer_is_the_one_spoken_to():
    asked: list[str] = []
    spoken_to: list[str] = []

    def changing(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["8.8.8.8"]

    class NoNetwork(httpcore.MockBackend):
        def connect_tcp(self, host, *args, **kwargs):
            spoken_to.append(host)
            return super().connect_tcp(host, *args, **kwargs)

    guard = Guard(deadline=time.monotonic() + 60, resolve=changing)
    guard._real = NoNetwork([b"HTTP/1.1 204 No Content\r\n\r\n"])
    with httpx.Client(transport=GuardedTransport(guard)) as client:
        assert client.get("http://rebind.example/").status_code == 204
    assert (asked, spoken_to) == (["rebind.example"], ["8.8.8.8"])


@pytest.mark.parametrize(
    "hop",
    ["http://127.0.0.1:22/", "http://169.254.169.254/", "file:///etc/passwd", "//localhost/", "ftp://a.example/"],
)
def test_a_redirection_is_checked_like_the_first_address(site, hop):
    with pytest.raises((Refused, Failed)) as refusal:
        fetch(f"{site}/to?{hop}", allow=[HERE], resolve=to_here)
    assert "bonjour" not in str(refusal.value)


def test_a_redirection_within_the_allowed_is_followed_but_not_for_ever(site):
    assert fetch(f"{site}/to?/hello", allow=[HERE]).body == b"bonjour"
    with pytest.raises(Failed):
        fetch(f"{site}/to?/to?/to?/to?/to?/to?/to?/hello", allow=[HERE])


def test_an_answer_longer_than_asked_is_dropped(site):
    with pytest.raises(Failed, match="longer"):
        fetch(f"{site}/long", allow=[HERE], max_bytes=100_000)


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(site):
    assert fetch(f"{site}/packed", allow=[HERE]).body == b"a" * 1000
    with pytest.raises(Failed, match="longer"):
        fetch(f"{site}/bomb", allow=[HERE], max_bytes=100_000)


def test_a_server_that_drips_keeps_nobody_longer_than_asked(site):
    with pytest.raises(Failed):  # each byte comes in time; all of them take ten seconds
        fetch(f"{site}/slow", allow=[HERE], seconds=0.5)


@pytest.mark.skipif(not CASES.exists(), reason="the published cases are not on this machine")
def test_no_published_bypass_passes():
    found = set(re.findall(r"`((?:http|https|ftp|gopher|dict|file|ldap)s?:[^`\s]+)`", CASES.read_text()))
    found |= set(re.findall(r"^((?:http|https):\S+)$", CASES.read_text(), re.MULTILINE))
    assert len(found) > 50
    for url in found:
        with pytest.raises((Refused, Failed)):
            fetch(url, resolve=to_here, seconds=1)
