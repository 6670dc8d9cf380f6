"""What comes in: slow, large, cut short, disguised."""

import contextlib
import hashlib
import http.client
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from parvis.kernel.serve import protocol, spool
from parvis.people import actions as people
from parvis.people.models import Person
from tests.kernel.network import eventually
from tests.kernel.serve.conftest import Application, Headers


def ask(port: int, method: str, path: str, body: object = None, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, {key.replace("__", "-"): value for key, value in headers.items()})  # type: ignore[arg-type]
    response = connection.getresponse()
    response.content = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


@contextlib.contextmanager
def raw(port: int, text: str) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as end:
        end.sendall(text.replace("\n", "\r\n").encode())
        yield end


def test_forty_slow_uploads_keep_nobody_waiting(port: int, application: Application, monkeypatch):
    monkeypatch.setattr(spool, "PATIENCE", 3600)  # they do not go away by themselves
    head = "POST /body/ HTTP/1.1\nHost: x\nContent-Length: 1000\n\nx"
    with contextlib.ExitStack() as stack:
        uploads = [stack.enter_context(raw(port, head)) for _ in range(40)]
        assert ask(port, "GET", "/hello/").content == b"hello"
        assert application.bodies == []
        uploads[7].sendall(b"y" * 999)
        assert uploads[7].recv(1000).startswith(b"HTTP/1.1 200")
    assert application.bodies == [b"x" + b"y" * 999]


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 262_144])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_arrives_whole(port: int, application: Application, size: int, is_chunked: bool):
    assert_it_arrives(port, application, size, is_chunked, {})


@pytest.mark.parametrize("size", [262_145, 2_900_000])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_large_body_of_somebody_who_is_signed_in_arrives_whole(
    port: int, application: Application, signed_in: Headers, size: int, is_chunked: bool
):
    assert_it_arrives(port, application, size, is_chunked, signed_in)


def assert_it_arrives(port: int, application: Application, size: int, is_chunked: bool, headers: Headers) -> None:
    body = os.urandom(size)
    pieces = iter([body[: size // 2], body[size // 2 :]]) if is_chunked and size > 1 else body
    assert ask(port, "POST", "/body/", pieces, **headers).content == str(size).encode()
    assert hashlib.sha256(application.bodies[0]).digest() == hashlib.sha256(body).digest()


@pytest.mark.parametrize(
    "framing", ["Content-Length: 100\n\nonly this", "Transfer-Encoding: chunked\n\n9\nonly this\n"]
)
def test_a_body_that_is_cut_short_never_reaches_a_page(port: int, application: Application, framing: str):
    with raw(port, f"POST /body/ HTTP/1.1\nHost: x\n{framing}"):
        time.sleep(0.05)
    ask(port, "GET", "/hello/")
    assert application.bodies == []


def test_a_client_that_falls_silent_is_let_go(port: int, application: Application, monkeypatch):
    monkeypatch.setattr(spool, "PATIENCE", 0.1)
    with raw(port, "POST /body/ HTTP/1.1\nHost: x\nContent-Length: 100\n\nonly this") as end:
        assert end.recv(1000).startswith(b"HTTP/1.1 400")
        assert eventually(lambda: end.recv(1000) == b"")
    assert application.bodies == []


def test_a_body_that_trickles_in_is_let_go(port: int, application: Application, monkeypatch):
    monkeypatch.setattr(spool, "PATIENCE", 0.4)
    with raw(port, "POST /body/ HTTP/1.1\nHost: x\nContent-Length: 100\n\n") as end:
        for _ in range(20):
            with contextlib.suppress(OSError):
                end.sendall(b"x")
            time.sleep(0.05)
        assert end.recv(1000).startswith(b"HTTP/1.1 400")
    assert application.bodies == []


@pytest.mark.parametrize(
    "head",
    [
        "GET /{} HTTP/1.1\nHost: x\n\n",
        "GET / HTTP/1.1\nHost: x\nX-Long: {}\n\n",
        "POST /body/ HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n1\nx\n0\nX-Long: {}\n\n",
    ],
)
def test_a_head_without_end_is_let_go(port: int, application: Application, head: str):
    head = head.replace("{}", "x" * 4_000_000)
    with contextlib.suppress(OSError), raw(port, head) as end:
        assert b" 200 " not in end.recv(100)
    assert application.bodies == []
    assert ask(port, "GET", "/hello/").content == b"hello"


def test_what_follows_a_body_is_no_header(port: int):
    said = "POST /environ/ HTTP/1.1\nHost: x\nConnection: close\nTransfer-Encoding: chunked\n\n"
    with raw(port, said + "0\nX-Late: yes\n\n") as end:
        answer = b"".join(iter(lambda: end.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"X_LATE" not in answer


@pytest.mark.parametrize("said", ["", "GET / HT", "GET / HTTP/1.1\nHost: x\nX-Slow: 1\n"])
def test_a_client_that_does_not_say_what_it_wants_is_let_go(port: int, monkeypatch, said: str):
    monkeypatch.setattr(protocol, "PATIENCE", 0.1)
    with contextlib.suppress(ConnectionError), raw(port, said) as end:
        assert end.recv(100) == b""


def test_one_connection_serves_many_requests(port: int, monkeypatch):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(3):
        connection.request("GET", "/hello/")
        assert connection.getresponse().read() == b"hello"
        # From here on whoever has begun to say what they want, and has not ended, goes at once.
        monkeypatch.setattr(protocol, "PATIENCE", 0)
        time.sleep(0.05)
    connection.close()


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize(("language", "word"), [("fr-CA,en;q=0.5", "trop lourd"), ("de", "trop lourd")])
def test_a_body_that_is_too_large_is_refused_in_words(
    port: int, application: Application, signed_in: Headers, is_chunked: bool, language: str, word: str
):
    body = iter([b"x" * 1_000_000] * 4) if is_chunked else b"x" * 4_000_000
    refusal = ask(port, "POST", "/body/", body, **signed_in, Accept__Language=language)
    assert refusal.status == 413
    assert word in refusal.content.decode()
    assert application.bodies == []


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize(
    "said",
    [{}, {"Cookie": "parvis_session=x"}, {"Cookie": f"parvis_session={'a' * 32}"}, {"Authorization": "Bearer x"}],
)
def test_nobody_sends_anything_large_before_signing_in(
    port: int, application: Application, transactional_db: None, is_chunked: bool, said: Headers
):
    body = iter([b"x" * 100_000] * 3) if is_chunked else b"x" * 300_000
    refusal = ask(port, "POST", "/body/", body, **said)
    assert refusal.status == 413
    assert "256 Ko" in refusal.content.decode()
    assert "Connectez-vous" in refusal.content.decode()
    assert application.bodies == []


@pytest.mark.parametrize(
    "ends", [lambda amina: Session.objects.all().delete(), lambda amina: people.suspend(person=amina, by=None)]
)
def test_a_session_that_ended_is_nobody_s(port: int, signed_in: Headers, ends: Callable[[Person], None]):
    assert ask(port, "POST", "/body/", b"x" * 300_000, **signed_in).status == 200
    ends(Person.objects.get())
    assert ask(port, "POST", "/body/", b"x" * 300_000, **signed_in).status == 413


def test_a_session_is_found_among_the_cookies_of_other_applications(port: int, signed_in: Headers):
    cookies = {"Cookie": 'theirs={"a": "b"}; @=?; ' + signed_in["Cookie"]}
    assert ask(port, "POST", "/body/", b"x" * 300_000, **cookies).status == 200


def test_who_is_refused_need_not_send_it(port: int):
    head = "POST /body/ HTTP/1.1\nHost: x\nContent-Length: 300000\nExpect: 100-continue\n\n"
    with raw(port, head) as end:
        assert end.recv(100).startswith(b"HTTP/1.1 413")


def test_a_full_disk_is_said(port: int, application: Application, monkeypatch):
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.tempfile, "TemporaryFile", full)
    refusal = ask(port, "POST", "/body/", b"x" * 200_000)
    assert refusal.status == 507
    assert "plein" in refusal.content.decode()
    assert application.bodies == []


def test_nothing_stays_in_the_folder_of_bodies(port: int, folder: Path):
    ask(port, "POST", "/body/", b"x" * 200_000)
    ask(port, "GET", "/large/")
    assert list((folder / "tmp").iterdir()) == []


def environ_of(port: int, path: str = "/environ/", **headers: str) -> dict[str, str]:
    with raw(
        port,
        f"GET {path} HTTP/1.1\nHost: x\nConnection: close\n"
        + "".join(f"{name}: {value}\n" for name, value in headers.items())
        + "\n",
    ) as end:
        answer = b"".join(iter(lambda: end.recv(65536), b""))
    return dict(json.loads(answer.partition(b"\r\n\r\n")[2]))


def test_headers_of_the_inside_do_not_come_in(port: int):
    spoofed = {
        "X_Forwarded_For": "1.2.3.4",
        "Remote_User": "karim",
        "X-Parvis-File": "/etc/passwd",
        "X-Forwarded-Host": "evil.example",
        "Proxy": "http://evil.example",
        "X-Real-IP": "1.2.3.4",
        "X-Wanted": "yes",
    }
    seen = environ_of(port, **spoofed)
    assert {key for key in seen if key.startswith("HTTP_")} == {"HTTP_HOST", "HTTP_CONNECTION", "HTTP_X_WANTED"}


def test_a_trusted_proxy_says_who_asks_and_how(port: int):
    seen = environ_of(port, **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"})
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("203.0.113.9", "https")


def test_anybody_else_is_not_believed(proud_port: int):
    seen = environ_of(proud_port, **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"})
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("127.0.0.1", "http")


def test_addresses_reach_django_as_they_were_sent(port: int):
    seen = environ_of(port, path="/environ/caf%C3%A9%2F%FF?q=%C3%A9t%C3%A9&x=a+b")
    assert seen["PATH_INFO"].encode("latin-1") == b"/environ/caf\xc3\xa9/\xff"
    assert seen["QUERY_STRING"] == "q=%C3%A9t%C3%A9&x=a+b"


def test_two_cookie_headers_are_one(port: int):
    with raw(port, "GET /environ/ HTTP/1.1\nHost: x\nCookie: a=1\nCookie: b=2\nConnection: close\n\n") as end:
        answer = b"".join(iter(lambda: end.recv(65536), b""))
    assert b'"HTTP_COOKIE": "a=1; b=2"' in answer
