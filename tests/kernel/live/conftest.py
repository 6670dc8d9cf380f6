import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client, override_settings

from parvis.kernel import live
from parvis.kernel.live import hub, running, sockets
from parvis.kernel.live.hub import Hub, Source
from parvis.people.models import Person
from tests.kernel.ports import Tab, no_application, open_port

Opens = Callable[..., Tab]


@pytest.fixture(scope="session", autouse=True)
def readers_and_writers_apart() -> Iterator[None]:
    """SQLite in memory, unlike in a file, refuses a write while another thread reads the table; here, it does not."""

    def read_without_locks(connection: BaseDatabaseWrapper, **_: Any) -> None:
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA read_uncommitted = 1")

    connection_created.connect(read_without_locks)
    yield
    connection_created.disconnect(read_without_locks)


@pytest.fixture(scope="module")
def hub_of_the_module(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Started once: between two tests all tabs close, and the hub forgets them."""
    with override_settings(PARVIS_DATA=tmp_path_factory.mktemp("data")), open_port(no_application) as number:
        yield number


@pytest.fixture
def port(transactional_db: None, hub_of_the_module: int) -> int:
    """The number of a port where the hub listens."""
    return hub_of_the_module


@pytest.fixture
def hub_at_work() -> list[Hub]:
    """The hub of `hurried_port`, alone in the list."""
    return []


@pytest.fixture
def hurried_port(
    transactional_db: None, tmp_path: Path, hub_at_work: list[Hub], monkeypatch: pytest.MonkeyPatch
) -> Iterator[int]:
    """A hub that looks for lost changes ten times a second."""

    def new(source: Source) -> Hub:
        hub_at_work.append(Hub(source, repair_every=0.1))
        return hub_at_work[0]

    monkeypatch.setattr(running, "Hub", new)
    with override_settings(PARVIS_DATA=tmp_path), open_port(no_application) as number:
        yield number


@pytest.fixture
def a_round_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], float]:
    """`a_round_later()`: the hub's clock says that its next round is due. Gives what it says; it never waits, however
    slow the machine is."""
    away = [0.0]
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + away[0])
    monkeypatch.setattr(hub, "time", clock)
    monkeypatch.setattr(sockets, "time", clock)

    def jump() -> float:
        away[0] += 31
        return float(clock.monotonic())

    return jump


@pytest.fixture
def cookie_of() -> Callable[[Person], str]:
    def sign_in(person: Person) -> str:
        browser = Client()
        browser.force_login(person)
        return browser.cookies[settings.SESSION_COOKIE_NAME].value

    return sign_in


@pytest.fixture
def tab(port: int, cookie_of: Callable[[Person], str]) -> Iterator[Opens]:
    """`tab(bruno)`: a page that Bruno opens."""
    opened: list[Tab] = []

    def open_tab(person: Person | None, **how: str | None) -> Tab:
        cookie = how.pop("cookie", None) or (cookie_of(person) if person else "")
        opened.append(Tab(port, cookie, **how))
        return opened[-1]

    yield open_tab
    for each in opened:
        each.leave()


def listening(tab: Tab, topic: str, version: int = 0) -> Tab:
    """The tab, once the hub has taken its topic."""
    tab.say({"subscribe": {topic: version, "nobody:1": 0}})
    assert tab.next() == {"lost": ["nobody:1"]}
    return tab


def note(topic: str, **what: Any) -> None:
    with transaction.atomic():
        live.note(topic, **what)
