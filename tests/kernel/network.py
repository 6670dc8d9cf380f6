"""A network in a folder of its own, with real processes: what a test needs that kills them."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.kernel.forks import Fork

ROOT = Path(__file__).resolve().parents[2]
_START = "import django; django.setup(); {code}"
_COMMAND = "sys.argv[:] = {words!r}; from parvis.cli import main; main()"


class Network:
    """`data` is its PARVIS_DATA; its database is a file there, or one of its own in PostgreSQL."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data = data
        self._url = database and _address(database)
        self._started: list[Fork] = []
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "EMAIL_"))},
            "PARVIS_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self._url,
            "PYTHONPATH": str(ROOT),
        }

    def start(self, code: str) -> Fork:
        """A process of Parvis that runs some Python, Django set up."""
        process = Fork(_START.format(code=code), env=self.env, cwd=ROOT)
        self._started.append(process)
        return process

    def run(self, code: str) -> str:
        process = self.start(code)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        return said

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            code = _COMMAND.format(words=["parvis", *words])
            status = Fork(code, env=self.env, cwd=ROOT, out=out, err=err).wait(60)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(words, status, out.read(), err.read())

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        if self._url:
            with psycopg.connect(self._url, autocommit=True) as postgres:
                answer = postgres.execute(query)
                return answer.fetchall() if answer.description else []
        file = sqlite3.connect(self.data / "parvis.sqlite3", timeout=20)
        try:
            with file:
                return file.execute(query).fetchall()
        finally:
            file.close()

    def empty_twin(self, data: Path) -> "Network":
        """Another installation with nothing in it yet."""
        return Network(data, _new_database("twin") if self._url else "")

    def copied(self, data: Path, purpose: str = "copy") -> "Network":
        """The same network again, in a folder that does not exist yet. Nobody may be at work in this one."""
        if not self._url:
            self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(self.data, data)
        return Network(data, _new_database(purpose, like=self._url.rpartition("/")[2]) if self._url else "")

    def end(self) -> None:
        for process in self._started:
            process.kill()
            process.communicate()


def eventually(happened: Callable[[], Any], *, within: float = 60) -> Any:
    """Waits for something to become true, and gives it. `within` ends a test that would hang; it measures nothing."""
    deadline = time.monotonic() + within
    while not (found := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return found


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Made once a session, and copied by those who want a network that was just installed."""
    made = Network(tmp_path_factory.mktemp("migrated") / "data", _new_database("migrated") if _on_postgresql() else "")
    said = made.command("migrate", "--verbosity", "0", "--skip-checks")
    assert said.returncode == 0, said.stderr
    return made


@pytest.fixture
def network(migrated: Network, tmp_path: Path) -> Iterator[Network]:
    """A network that was just installed."""
    made = migrated.copied(tmp_path / "data")
    yield made
    made.end()


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _new_database(purpose: str, like: str = "template0") -> str:
    """An empty database of this test process, or one that begins as another."""
    name = f"network_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{purpose}"
    with psycopg.connect(_address("postgres"), autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return name


def _address(database: str) -> str:
    of = connection.settings_dict
    user = quote(of["USER"] or "") + (f":{quote(of['PASSWORD'])}" if of["PASSWORD"] else "")
    return f"postgres://{user}@{quote(of['HOST'], safe='')}:{of['PORT']}/{database}"
