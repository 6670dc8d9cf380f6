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

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, {root!r}); import django; django.setup(); {code}"


class Network:
    """`data` is its PARVIS_DATA. On PostgreSQL it is the database of the tests, on SQLite a file of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._started: list[subprocess.Popen[str]] = []
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "EMAIL_"))},
            "PARVIS_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": "",
            "PYTHONPATH": str(ROOT),
        }
        self._url = ""
        if connection.vendor == "postgresql":
            of = connection.settings_dict
            self._url = f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
            self.env["DATABASE_URL"] = self._url

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
        twin = Network(data)
        if self._url:
            name = f"{self._url.rpartition('/')[2]}_twin"
            with psycopg.connect(self._url, autocommit=True) as postgres:
                postgres.execute(f'DROP DATABASE IF EXISTS "{name}"')
                postgres.execute(f'CREATE DATABASE "{name}"')
            twin._url = twin.env["DATABASE_URL"] = f"{self._url.rpartition('/')[0]}/{name}"
        return twin

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.communicate()


def make_network(base: Path) -> Iterator[Network]:
    """Yields a function's worth of networks over one migrated database file."""
    data = base / "data"
    network = Network(data)
    if connection.vendor == "sqlite":
        migrated = _migrated(base)
        shutil.copytree(migrated, data)
    yield network
    network.end()


def eventually(happened: Callable[[], Any], *, within: float = 15) -> Any:
    """Waits for something to become true, and gives it."""
    deadline = time.monotonic() + within
    while not (found := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return found


def _migrated(base: Path) -> Path:
    """One database a test session, made once and copied."""
    shared = base.parents[0] / "migrated"
    if not shared.exists():
        draft = Network(base / "draft")
        said = draft.command("migrate", "--verbosity", "0", "--skip-checks")
        assert said.returncode == 0, said.stderr
        with sqlite3.connect(draft.data / "parvis.sqlite3") as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.close()
        draft.data.rename(shared)
    return shared


@pytest.fixture
def network(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Network]:
    request.getfixturevalue("transactional_db" if connection.vendor == "postgresql" else "django_db_setup")
    yield from make_network(tmp_path)
