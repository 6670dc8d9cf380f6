"""Reads by statements that stay prepared on their connection, by libpq itself: 15 µs where a cursor takes 80.

The server plans a pinned read once and not for each page; nothing of psycopg but its loaders stands in between. The
first read of a request is also its health check: a connection that was lost meanwhile is opened again.
"""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Rows = list[tuple[Any, ...]]
# The names of what each connection has prepared, by statement.
_prepared: "WeakKeyDictionary[psycopg.Connection[Any], dict[str, bytes]]" = WeakKeyDictionary()


def prepared_rows(database: Any, statement: str, values: Sequence[Any]) -> Rows:
    """All rows. `database` is Django's. Placeholders are %s; values are text, numbers or None. Raises
    django.db.DatabaseError."""
    database.ensure_connection()
    may_be_lost = database.health_check_enabled and not database.health_check_done and not database.in_atomic_block
    with database.wrap_database_errors:
        try:
            found = _rows(database.connection, statement, values)
        except psycopg.OperationalError:
            if not may_be_lost or database.connection.pgconn.status == ConnStatus.OK:
                raise
            database.close()
            database.ensure_connection()
            found = _rows(database.connection, statement, values)
    database.health_check_done = True
    return found


def _rows(connection: "psycopg.Connection[Any]", statement: str, values: Sequence[Any]) -> Rows:
    pgconn = connection.pgconn
    if pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError("the connection is lost")  # libpq would only give nothing
    if not connection.autocommit and pgconn.transaction_status == TransactionStatus.IDLE:
        return connection.execute(statement, values).fetchall()  # begins the transaction that Django asked for
    names = _prepared.setdefault(connection, {})
    name = names.get(statement)
    if name is None:
        name = b"parvis_%d" % len(names)
        _checked(pgconn, pgconn.prepare(name, _numbered(statement)))
        names[statement] = name
    said = [None if value is None else str(value).encode() for value in values]
    result = _checked(pgconn, pgconn.exec_prepared(name, said))  # type: ignore[arg-type]  # takes None too
    loaders = Transformer.from_context(connection)
    loaders.set_pgresult(result)
    return loaders.load_rows(0, result.ntuples, tuple)


def _checked(pgconn: PGconn, result: PGresult) -> PGresult:
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError("the connection is lost")
    raise error_from_result(result)


def _numbered(statement: str) -> bytes:
    first, *others = statement.split("%s")
    return (first + "".join(f"${n}{text}" for n, text in enumerate(others, 1))).encode()
