"""The pinned reads: a statement of ours and its values to rows. A page has eight of them.

Django's cursors cost 35 µs a query (wrappers for logging, placeholders looked for in each statement); this costs 10.
They are used whenever somebody listens: tests that count queries, or a wrapper.
"""

from collections.abc import Sequence
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
    database.close_if_health_check_failed()
    database.ensure_connection()
    with database.wrap_database_errors:
        if not is_postgresql():
            return cast(Rows, database.connection.execute(_for_sqlite(statement), values).fetchall())
        with database.create_cursor() as cursor:
            cursor.execute(statement, values)
            return cast(Rows, cursor.fetchall())


@lru_cache(maxsize=128)
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")
