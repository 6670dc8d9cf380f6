"""Rows straight into the tables of the product: what a bench builds its networks with."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField

Row = tuple[Any, ...]
START = datetime(2023, 11, 1, tzinfo=UTC)


def load(table: str, columns: str, rows: Iterable[Row]) -> None:
    """What the rows leave out is as the model says it is of new ones."""
    unsaid = _unsaid(table, columns)
    columns = ", ".join([columns, *unsaid])
    rest = tuple(unsaid.values())
    rows = iter(row + rest for row in rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["?"] * (columns.count(",") + 1))
    raw = connection.connection
    raw.execute("PRAGMA synchronous=OFF")
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
    while chunk := list(islice(rows, 50_000)):
        raw.execute("BEGIN")
        raw.executemany(statement, (tuple(_plain(value) for value in row) for row in chunk))
        raw.execute("COMMIT")


def _unsaid(table: str, columns: str) -> dict[str, Any]:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    said = set(columns.split(", "))
    return {
        str(field.column): START if isinstance(field, DateTimeField) else field.get_default()
        for field in model._meta.concrete_fields
        if not (field.null or field.primary_key or field.column in said)
    }


def _plain(value: Any) -> Any:
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value


def set_aside(*tables: str) -> list[str]:
    """Drops the indexes of these tables and, on PostgreSQL, their constraints and the keys that point at them, which
    are looked at row by row: three quarters of its loading. Gives the statements that make all of it again."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            marks = ", ".join(["%s"] * len(tables))
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "  # noqa: S608
                f"AND tbl_name IN ({marks})",
                list(tables),
            )
            found = [(f'DROP INDEX "{name}"', again) for name, again in cursor.fetchall()]
        else:
            # Foreign keys need the primary ones: they go first and come last.
            cursor.execute(
                "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname), format("
                "'ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
                "FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND (conrelid = ANY(%(tables)s::regclass[]) "
                "OR confrelid = ANY(%(tables)s::regclass[])) ORDER BY contype",
                {"tables": list(tables)},
            )
            found = cursor.fetchall()
            cursor.execute(
                "SELECT format('DROP INDEX %%I', i.indexname), i.indexdef FROM pg_indexes i "
                "LEFT JOIN pg_constraint k ON k.conname = i.indexname "
                "WHERE i.tablename = ANY(%s) AND k.conname IS NULL",
                [list(tables)],
            )
            found += cursor.fetchall()
        for drop, _again in found:
            cursor.execute(drop)
    return [again for _drop, again in reversed(found)]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def finish() -> None:
    """Ids go on after those that were given; the planner learns what is there."""
    if connection.vendor == "postgresql":
        for table in ("people_person", "audiences_audience", "communities_community", "contributions_contribution"):
            execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
        execute("VACUUM ANALYZE")
        return
    execute("ANALYZE")
    execute("PRAGMA wal_checkpoint(TRUNCATE)")
    execute("PRAGMA synchronous=FULL")
