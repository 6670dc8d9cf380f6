import contextlib
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client, override_settings

from parvis.kernel.live import running
from parvis.kernel.serve import bridge
from parvis.kernel.serve.sendfile import file_response
from parvis.people.models import Person
from tests.conftest import make_person
from tests.kernel.ports import open_port

Headers = dict[str, str]


class Application:
    """A small WSGI application beside the port: it says what it was given, and sends what a test put down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bodies: list[bytes] = []
        self.waits = Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = self.answer(environ)
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return answer

    def answer(self, environ: dict[str, Any]) -> Any:
        kind, _, name = environ["PATH_INFO"].lstrip("/").partition("/")
        if kind == "body":
            size = int(environ["CONTENT_LENGTH"] or 0)
            self.bodies.append(environ["wsgi.input"].read(size))
            return HttpResponse(str(len(self.bodies[-1])))
        if kind == "environ":
            return JsonResponse({key: value for key, value in environ.items() if isinstance(value, str)})
        if kind == "file":
            return file_response(self.folder / name, media_type="text/plain", filename="été.txt", inline=True)
        if kind == "large":
            return StreamingHttpResponse(b"x" * 100_000 for _ in range(80))
        if kind == "breaks":
            return StreamingHttpResponse(_breaking())
        if kind == "slow":
            self.waits.wait(10)
        return HttpResponse(kind)


def _breaking() -> Iterator[bytes]:
    yield b"x" * 2_000_000
    raise ValueError("in the middle")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Application, int]]:
    """A port with two threads for pages, a limit of 3 MB, a few static files, and no database behind its hub."""
    folder = tmp_path_factory.mktemp("served")
    with _open(folder) as served:
        yield served


@pytest.fixture
def application(served: tuple[Application, int]) -> Application:
    served[0].bodies.clear()
    served[0].waits.clear()
    return served[0]


@pytest.fixture
def port(application: Application, served: tuple[Application, int]) -> int:
    return served[1]


@pytest.fixture
def folder(application: Application) -> Path:
    """The data folder, from which the application sends files."""
    return application.folder


@pytest.fixture
def signed_in(transactional_db: None) -> Headers:
    """What Amina's browser sends along: the door looks her session up, from a thread of its own."""
    return session_of(make_person("amina", "Amina Benali"))


def session_of(person: Person) -> Headers:
    browser = Client()
    browser.force_login(person)
    return {"Cookie": f"parvis_session={browser.cookies[settings.SESSION_COOKIE_NAME].value}"}


@pytest.fixture
def proud_port(tmp_path: Path) -> Iterator[int]:
    """A port that believes no proxy."""
    with override_settings(PARVIS_TRUSTED_PROXIES=[]), _open(tmp_path) as (_, number):
        yield number


@contextlib.contextmanager
def _open(folder: Path) -> Iterator[tuple[Application, int]]:
    assets = folder / "static" / "assets"
    assets.mkdir(parents=True)
    (assets / "main-B2x_9aQz.css").write_text("body{}" * 100)
    (assets / "main-B2x_9aQz.css.gz").write_bytes(b"packed")
    (assets.parent / "robots.txt").write_text("User-agent: *")
    application = Application(folder)
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(PARVIS_DATA=folder, PARVIS_MAX_UPLOAD_MB=2, STATIC_ROOT=assets.parent),
    ):
        patch.setattr(running.changes, "newest_change", lambda: 0)
        patch.setattr(running.changes, "changes_since", lambda _: [])
        patch.setattr(running.changes, "ids_may_commit_out_of_order", lambda: False)
        patch.setattr(bridge, "THREADS", 2)
        with open_port(application) as number:
            yield application, number
