"""Browsers that do not read, that talk too much, wake-ups that get lost: nobody else notices."""

import contextlib
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings
from websockets.exceptions import ConnectionClosed

from parvis.kernel.live import hub, running, sockets
from parvis.kernel.live.models import Change
from parvis.kernel.live.signals import Signal, listening_socket, send_to_the_socket, wake
from parvis.people.models import Person
from tests.kernel.live.conftest import Opens, listening, note
from tests.kernel.network import eventually

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class SilentTab:
    """A browser that subscribes and then never reads, with a small buffer."""

    def __init__(self, port: int, cookie: str, topic: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        self.socket.connect(("127.0.0.1", port))
        key, origin = "dGhlIHNhbXBsZSBub25jZQ==", f"http://127.0.0.1:{port}"
        self.socket.sendall(
            f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Cookie: parvis_session={cookie}\r\n\r\n".encode()
        )
        assert self.socket.recv(4096).startswith(b"HTTP/1.1 101")
        message = json.dumps({"subscribe": {topic: 0, "nobody:1": 0}}).encode()
        self.socket.sendall(bytes((0x81, 0x80 | len(message))) + bytes(4) + message)
        self.socket.recv(200)

    def read_up_to(self, version: int) -> list[int]:
        """The versions that waited, the last of which is given."""
        self.socket.settimeout(60)
        heard, versions = b"", [0]
        while versions[-1] != version:
            piece = self.socket.recv(65536)
            assert piece, "it was cut"
            heard += piece
            while (whole := _first_frame(heard)) is not None:
                payload, heard = whole
                versions.append(json.loads(payload)["version"])
        return versions[1:]


def _first_frame(heard: bytes) -> tuple[bytes, bytes] | None:
    """What the first frame says and what follows it; None as long as it is not all there."""
    if len(heard) < 4:
        return None
    size, start = (heard[1], 2) if heard[1] < 126 else (int.from_bytes(heard[2:4], "big"), 4)
    return (heard[start : start + size], heard[start + size :]) if len(heard) >= start + size else None


@pytest.fixture
def silent_tab(port: int, cookie_of: Callable[[Person], str]) -> Iterator[Callable[[Person, str], SilentTab]]:
    opened: list[SilentTab] = []

    def open_tab(person: Person, topic: str) -> SilentTab:
        opened.append(SilentTab(port, cookie_of(person), topic))
        return opened[-1]

    yield open_tab
    for each in opened:
        each.socket.close()


def test_a_browser_that_does_not_read_delays_nobody_and_then_gets_the_newest(
    tab: Opens, bruno: Person, silent_tab: Callable[[Person, str], SilentTab]
):
    topic = f"p:{bruno.pk}"
    silent = silent_tab(bruno, topic)
    page = listening(tab(bruno), topic)
    counts = {f"figure {n}": n for n in range(250)}
    for version in range(1, 151):
        wake.send(Signal(topic, version, counts))
        assert page.next()["version"] == version
    heard = silent.read_up_to(150)
    assert heard == sorted(heard)
    assert len(heard) < 150, "the hub kept what it should have passed over"


class TestRounds:
    @pytest.fixture
    def port(self, hurried_port: int) -> int:
        return hurried_port

    def test_a_browser_that_stays_silent_is_cut_and_one_that_answers_stays(
        self,
        tab: Opens,
        bruno: Person,
        silent_tab: Callable[[Person, str], SilentTab],
        hub_at_work: list[hub.Hub],
        a_round_later: Callable[[], float],
    ):
        page = listening(tab(bruno), f"p:{bruno.pk}")
        silent = silent_tab(bruno, f"p:{bruno.pk}")
        silent.socket.settimeout(60)
        pinged_from = a_round_later()
        eventually(lambda: len(pinged_since(hub_at_work, pinged_from)) == 2)
        eventually(lambda: [is_answered(each) for each in pinged_since(hub_at_work, pinged_from)].count(True) == 1)
        a_round_later()
        with contextlib.suppress(ConnectionResetError):
            while silent.socket.recv(4096):
                pass
        note(f"p:{bruno.pk}", version=5)
        assert page.next()["version"] == 5

    def test_a_session_that_ended_without_a_word_is_noticed(
        self, tab: Opens, bruno: Person, a_round_later: Callable[[], float]
    ):
        page = listening(tab(bruno), f"p:{bruno.pk}")
        Session.objects.all().delete()
        a_round_later()
        assert page.close_code() == 4401

    def test_a_change_whose_wake_up_was_lost_is_told_within_seconds(self, tab: Opens, bruno: Person):
        page = listening(tab(bruno), f"p:{bruno.pk}")
        Change.objects.create(topic=f"p:{bruno.pk}", version=7)
        assert page.next()["version"] == 7
        assert page.hears_nothing(0.4), "told again at the next look"

    def test_a_database_that_is_away_costs_no_right_and_no_connection(
        self, tab: Opens, bruno: Person, a_round_later: Callable[[], float], monkeypatch
    ):
        page = listening(tab(bruno), f"p:{bruno.pk}")
        is_away, has_failed = threading.Event(), threading.Event()
        look = running.rights.look

        def look_or_fail(asks):
            if is_away.is_set():
                has_failed.set()
                raise OSError("disk full")
            return look(asks)

        monkeypatch.setattr(running.rights, "look", look_or_fail)
        is_away.set()
        a_round_later()
        assert has_failed.wait(60)
        wake.send(Signal(f"p:{bruno.pk}", 9))
        assert page.next()["version"] == 9
        is_away.clear()
        page.say({"subscribe": {"nobody:1": 0}})
        assert page.next() == {"lost": ["nobody:1"]}


def pinged_since(hubs: list[hub.Hub], moment: float) -> list[sockets.Socket]:
    return [each for each in tuple(hubs[0].sockets) if each.pinged_at >= moment]


def is_answered(each: sockets.Socket) -> bool:
    return each.heard_at >= each.pinged_at


class TestLateCommits:
    @pytest.fixture
    def port(self, monkeypatch, request: pytest.FixtureRequest) -> int:
        monkeypatch.setattr(running.changes, "ids_may_commit_out_of_order", lambda: True)
        return int(request.getfixturevalue("hurried_port"))

    def test_a_change_that_becomes_visible_behind_a_newer_one_is_told_too(self, tab: Opens, bruno: Person):
        page = listening(tab(bruno), f"p:{bruno.pk}")
        first = Change.objects.create(topic=f"p:{bruno.pk}", version=1)
        assert page.next()["version"] == 1
        Change.objects.create(pk=first.pk + 10, topic=f"p:{bruno.pk}", version=3)
        assert page.next()["version"] == 3
        Change.objects.create(pk=first.pk + 9, topic=f"p:{bruno.pk}", version=2)
        assert page.next()["version"] == 2
        assert page.hears_nothing(0.3)


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="Redis carries the signals")
def test_another_process_reaches_the_hub_by_the_socket_of_the_data_folder(tab: Opens, bruno: Person, settings):
    page = listening(tab(bruno), f"p:{bruno.pk}")
    send_to_the_socket(Signal(f"p:{bruno.pk}", 4, {"unread": 2}).encoded())
    assert page.next() == {"topic": f"p:{bruno.pk}", "version": 4, "audience": 1, "counts": {"unread": 2}}
    assert os.stat(settings.PARVIS_DATA / "live.sock").st_mode & 0o077 == 0
    send_to_the_socket(b"nonsense")
    send_to_the_socket(b'{"topic": "p:1", "surprise": 1}')
    send_to_the_socket(Signal(f"p:{bruno.pk}", 5).encoded())
    assert page.next()["version"] == 5


def test_the_socket_works_in_a_folder_with_a_long_name(tmp_path: Path, settings):
    settings.PARVIS_DATA = tmp_path / ("a folder with a very long name " * 4) / ("and another one below it " * 4)
    settings.PARVIS_DATA.mkdir(parents=True)
    with listening_socket() as end:
        send_to_the_socket(b"heard")
        assert end.recv(10) == b"heard"


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no REDIS_URL here")
def test_networks_that_share_one_redis_hear_themselves_only(tab: Opens, bruno: Person, settings):
    page = listening(tab(bruno), f"p:{bruno.pk}")
    signal = Signal(f"p:{bruno.pk}", 4)
    own, one = settings.PARVIS_NAMESPACE, settings.REDIS_URL.rsplit("/", 1)[0]
    for namespace, url in [("another", settings.REDIS_URL), (own, f"{one}/15")]:
        with override_settings(PARVIS_NAMESPACE=namespace, REDIS_URL=url):
            wake.send(signal)
        assert page.hears_nothing(0.3)
    wake.send(signal)
    assert page.next()["version"] == 4


def test_nonsense_closes(tab: Opens, bruno: Person):
    nonsense = {
        "not json": 1008,
        "[1]": 1008,
        '{"subscribe": 3}': 1008,
        '{"subscribe": {"a:1": "x"}}': 1008,
        '{"subscribe": {"a:1": Infinity}}': 1008,
        '{"unsubscribe": 3}': 1008,
        "[" * 9000: 1008,
        "x" * 20_000: 1009,
        b"\x00": 1003,
    }
    for words, code in nonsense.items():
        page = tab(bruno)
        page.say(words)
        assert page.close_code() == code, words


def test_more_topics_than_a_page_can_show_close(tab: Opens, bruno: Person):
    page = tab(bruno)
    page.say({"subscribe": {f"c:{n}": 0 for n in range(300)}})
    assert len(page.next()["lost"]) == 300
    page.say({"subscribe": {f"c:{n}": 0 for n in range(401)}})
    assert page.close_code() == 1008


def test_somebody_who_talks_without_pause_is_closed(tab: Opens, bruno: Person):
    page = tab(bruno)
    with contextlib.suppress(ConnectionClosed):
        for _ in range(1000):
            page.say({"unsubscribe": []})
    assert page.close_code() == 1008


def test_what_a_closed_talker_sent_besides_is_not_read(tab: Opens, bruno: Person):
    heard = 0

    class Counting(sockets.wire.Reader):
        def feed(self, data):
            nonlocal heard
            for found in super().feed(data):
                heard += 1
                yield found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sockets.wire, "Reader", Counting)
        page = tab(bruno)
        page._socket.socket.sendall(b"\x89\x80abcd" * 20_000)
        assert page.close_code() == 1008
    assert heard < 1000


def test_one_person_has_only_so_many_tabs(tab: Opens, bruno: Person, monkeypatch):
    monkeypatch.setattr(hub, "MOST_SOCKETS_A_PERSON", 2)
    pages = [listening(tab(bruno), f"p:{bruno.pk}") for _ in range(2)]
    assert tab(bruno).close_code() == 4429
    note(f"p:{bruno.pk}", version=1)
    assert [page.next()["version"] for page in pages] == [1, 1]


def test_tabs_that_close_leave_nothing_behind(tab: Opens, bruno: Person, monkeypatch):
    hubs: list[hub.Hub] = []
    monkeypatch.setattr(hub.Hub, "enter", _remembering(hubs, hub.Hub.enter))
    page = listening(tab(bruno), f"p:{bruno.pk}")
    page.leave()
    eventually(lambda: not (hubs[0].sockets or hubs[0]._topics or hubs[0]._people))


def _remembering(seen: list[hub.Hub], enter: Callable[..., None]) -> Callable[..., None]:
    def remember(self: hub.Hub, entering: object) -> None:
        seen.append(self)
        enter(self, entering)

    return remember
