"""The pinned reads: a statement of ours and its values to rows. A page has four of them.

Django's cursors cost 35 µs a query on SQLite (wrappers for logging, placeholders looked for in each statement) and 80
on PostgreSQL; this costs 10 and 15. They are used whenever somebody listens: tests that count queries, or a wrapper.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections

Rows = list[tuple[Any, ...]]


@cache
def is_postgresql() -> bool:
    """Asked of the connection once: each look at it is seven calls."""
    return connection.vendor == "postgresql"


def rows(statement: str, values: Sequence[Any]) -> Rows:
    """All rows. Placeholders are %s; values are what the driver takes. Raises django.db.DatabaseError."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.execute_wrappers or database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(statement, values)
            return cast(Rows, cursor.fetchall())
    if is_postgresql():
        from parvis.kernel.database.postgresql import prepared_rows  # psycopg is not loaded for SQLite

        return prepared_rows(database, statement, values)
    database.ensure_connection()
    with database.wrap_database_errors:
        return cast(Rows, database.connection.execute(_for_sqlite(statement), values).fetchall())


@lru_cache(maxsize=128)
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")


def time_parameter(at: datetime) -> str:
    """A time as a value for `rows`; on SQLite as Django stores it, so that texts compare as times do."""
    return str(at) if is_postgresql() else str(at.astimezone(UTC).replace(tzinfo=None))


def time_read(said: str) -> datetime:
    """What `CAST(… AS TEXT)` of a time says on either engine. Most times that a page reads are only compared, as parts
    of cards that were drawn before: the drivers would make an object of each."""
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
