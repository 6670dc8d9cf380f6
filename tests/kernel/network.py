"""A network in a folder of its own, with real processes: what a test needs that kills them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, {root!r}); import django; django.setup(); {code}"


class Network:
    """`data` is its PARVIS_DATA; its database is a file there, or one of its own in PostgreSQL."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data = data
        self._url = database and _address(database)
        self._started: list[subprocess.Popen[str]] = []
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "EMAIL_"))},
            "PARVIS_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self._url,
            "PYTHONPATH": str(ROOT),
        }

    def start(self, code: str) -> "subprocess.Popen[str]":
        """A process of Parvis that runs some Python, Django set up."""
        process = subprocess.Popen(
            [sys.executable, "-c", _START.format(root=str(ROOT), code=code)],
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._started.append(process)
        return process

    def run(self, code: str) -> str:
        process = self.start(code)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        return said

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", "from parvis.cli import main; main()", *words],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )

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

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.communicate()


def eventually(happened: Callable[[], Any], *, within: float = 15) -> Any:
    """Waits for something to become true, and gives it."""
    deadline = time.monotonic() + within
    while not (found := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return found


@pytest.fixture
def network(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A network that was just installed: migrated once a session, then copied."""
    shared = tmp_path_factory.getbasetemp() / "migrated"
    if not shared.exists():
        _migrate(tmp_path / "draft").rename(shared)
    shutil.copytree(shared, tmp_path / "data")
    made = Network(tmp_path / "data", _new_database("copy", like="migrated") if _on_postgresql() else "")
    yield made
    made.end()


def _migrate(data: Path) -> Path:
    draft = Network(data, _new_database("migrated") if _on_postgresql() else "")
    said = draft.command("migrate", "--verbosity", "0", "--skip-checks")
    assert said.returncode == 0, said.stderr
    if not _on_postgresql():
        draft.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return data


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _new_database(purpose: str, like: str = "") -> str:
    """An empty database of this test process, or one that begins as another."""
    name, template = _database(purpose), _database(like) if like else "template0"
    with psycopg.connect(_address("postgres"), autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _database(purpose: str) -> str:
    return f"network_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{purpose}"


def _address(database: str) -> str:
    of = connection.settings_dict
    user = quote(of["USER"] or "") + (f":{quote(of['PASSWORD'])}" if of["PASSWORD"] else "")
    return f"postgres://{user}@{quote(of['HOST'], safe='')}:{of['PORT']}/{database}"
