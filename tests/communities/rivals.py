"""Several people who act at the same moment, each on a connection of their own to one real database file."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection


class Rivals:
    """On PostgreSQL the test database itself; on SQLite a file made from it, since a database in memory has one
    writer and no turns."""

    def __init__(self, folder: Path) -> None:
        self._file: Path | None = None
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            self._file = folder / "rivals.sqlite3"
            with sqlite3.connect(self._file) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=WAL")
            copy.close()

    def at_once(self, acts: list[Callable[[], Any]]) -> list[Any]:
        """What each act gave, or the exception it raised."""
        results: list[Any] = [None] * len(acts)
        start = threading.Barrier(len(acts))

        def run(number: int) -> None:
            if self._file:
                connection.settings_dict = connection.settings_dict | {"NAME": str(self._file)}
            start.wait()
            try:
                results[number] = acts[number]()
            except Exception as error:
                results[number] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def look(self, question: Callable[[], Any]) -> Any:
        """An answer from the same database."""
        return self.at_once([question])[0]
