from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client, override_settings

from parvis.kernel import live
from parvis.kernel.live import running
from parvis.kernel.live.hub import Hub
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
def hurried_port(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A hub whose rounds take a second."""
    monkeypatch.setattr(running, "Hub", partial(Hub, repair_every=0.1, recheck_every=1.0))
    with override_settings(PARVIS_DATA=tmp_path), open_port(no_application) as number:
        yield number


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
