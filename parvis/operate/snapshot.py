"""The database as of one instant, while others write; and a database from such a snapshot."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

_FILES = "SELECT sha256, size FROM files_blob ORDER BY sha256"


class Impossible(Exception):
    """`str()` is a sentence for the person who typed the command."""


@dataclass(frozen=True)
class Snapshot:
    """`path` of the dump, and the files that the database named at that instant: hash and size."""

    engine: str
    path: Path
    files: list[tuple[str, int]]


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


@contextmanager
def taken(folder: Path) -> Iterator[Snapshot]:
    """A snapshot in `folder`, gone at the end. Writers are not stopped meanwhile."""
    path = folder / ("database.sqlite3" if is_sqlite() else "database.pgdump")
    try:
        yield _of_sqlite(path) if is_sqlite() else _of_postgresql(path)
    finally:
        path.unlink(missing_ok=True)


def is_empty() -> bool:
    """Whether the database this installation is set to has nothing yet."""
    if is_sqlite():
        return not Path(settings.DATABASES["default"]["NAME"]).exists()
    return not connection.introspection.table_names()


def check(path: Path) -> bool:
    """Whether a SQLite dump is sound."""
    with _closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as dump:
        try:
            return bool(dump.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        except sqlite3.DatabaseError:
            return False


def load(path: Path) -> None:
    """Puts a dump in the place of the (empty) database."""
    if is_sqlite():
        os.replace(path, settings.DATABASES["default"]["NAME"])
        return
    connection.close()
    _postgres("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", _name(), str(path))


def _of_sqlite(path: Path) -> Snapshot:
    # A connection of its own, which reads the file as it was when it began (WAL): no writer waits.
    with (
        _closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)) as source,
        _closing(sqlite3.connect(path)) as target,
    ):
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target)
        return Snapshot("sqlite", path, target.execute(_FILES).fetchall())


def _of_postgresql(path: Path) -> Snapshot:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        cursor.execute(_FILES)
        files = cursor.fetchall()
        _postgres("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}", _name())
    return Snapshot("postgresql", path, files)


def _postgres(program: str, *words: str) -> None:
    if not shutil.which(program):
        raise Impossible(
            _("Il manque le programme %(program)s : installez le client de PostgreSQL, puis recommencez.")
            % {"program": program}
        )
    of = settings.DATABASES["default"]
    known = {
        "PGHOST": of.get("HOST"),
        "PGPORT": of.get("PORT"),
        "PGUSER": of.get("USER"),
        "PGPASSWORD": of.get("PASSWORD"),
    }
    env = {**os.environ, **{name: str(value) for name, value in known.items() if value}}
    done = subprocess.run([program, *words], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Impossible(
            _("%(program)s a échoué : %(error)s") % {"program": program, "error": done.stderr.strip()[-500:]}
        )


def _name() -> str:
    return str(connection.settings_dict["NAME"])


@contextmanager
def _closing(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield database
    finally:
        database.close()
