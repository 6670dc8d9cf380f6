"""Sessions in the database as Django keeps them, and who is behind them, read with pinned SQL: every page begins so.

The two reads took 1,900 function calls of the ORM and of signatures; they take 250.
"""

import json
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.core import signing
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from parvis.kernel.database.reading import rows
from parvis.people.models import Person

_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        found = rows(_SESSION, [self.session_key, connection.ops.adapt_datetimefield_value(timezone.now())])
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = json.loads(_verified(str(session_data), self.key_salt))
        except Exception:  # Django's own says what is wrong with it
            return dict(super().decode(session_data))
        return kept


class _AsWritten:
    """The serializer that leaves the text alone: it is parsed again for each request, which may change what it got."""

    def dumps(self, obj: bytes) -> bytes:
        return obj

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(maxsize=1024)
def _verified(session_data: str, salt: str) -> bytes:
    """A signature is true or not, whenever one looks: verified once a session."""
    return bytes(signing.loads(session_data, salt=salt, serializer=_AsWritten))


@cache
def _columns() -> tuple[str, tuple[str, ...]]:
    names = tuple(field.attname for field in Person._meta.concrete_fields)
    columns = ", ".join(str(field.column) for field in Person._meta.concrete_fields)
    return f"SELECT {columns} FROM people_person WHERE id = %s", names  # noqa: S608


def person_signed_in(person_id: int) -> Person | None:
    """`Person.objects.get`, without building the same query for every page."""
    statement, names = _columns()
    found = rows(statement, [person_id])
    return Person.from_db(DEFAULT_DB_ALIAS, names, [_aware(value) for value in found[0]]) if found else None


def _aware(value: Any) -> Any:
    """Raw SQL gives UTC without saying so on SQLite."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
