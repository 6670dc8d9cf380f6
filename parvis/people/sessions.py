"""Sessions in the database as Django keeps them, and who is behind them, read with pinned SQL: every page begins so.

One read gives the session, the person, what they may read and what modules above want beside them. The ORM's reads of
the first two, with signatures, took 1,900 function calls; this takes 150.
"""

import json
from collections.abc import Callable
from datetime import UTC
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.core import signing
from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from parvis.kernel.audiences.scope import audiences_column, scope_said
from parvis.kernel.database.reading import is_postgresql, rows, time_parameter
from parvis.people.models import Person

# Whom each session named when it was last read, so that both are asked for at once. A guess, and nothing more: who is
# signed in is what the session says now.
_named: dict[str, int] = {}
_NAMED = 10_000


# What every page shows of its reader: where it is kept on them, and the SQL of its column.
_beside: dict[str, Callable[[str], str]] = {}


def read_with_session(attribute: str, column: Callable[[str], str]) -> None:
    """In `AppConfig.ready`: a module above has a column of its own read with each session. `column` takes the SQL of
    the person's id."""
    _beside[attribute] = column


class SessionStore(db.SessionStore):
    # The person whom the session names, if they were read with it.
    person: Person | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        guess = _named.get(key)
        now = time_parameter(timezone.now())
        found = rows(_session_and_person(), [now, guess, key, now])
        if not found:
            self._session_key = None
            return {}
        session_data, audiences, *more = found[0]
        beside, of_person = more[: len(_beside)], more[len(_beside) :]
        kept = self.decode(session_data)
        person_id = int(kept.get(SESSION_KEY) or 0)
        if person_id and person_id == guess and of_person[0] == person_id:
            self.person = _person(of_person)
            self.person._scope = scope_said(person_id, self.person.is_guest, audiences)
            self.person.__dict__.update(zip(_beside, beside, strict=True))
        elif person_id:
            if len(_named) >= _NAMED:
                _named.clear()
            _named[key] = person_id
        return kept

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = json.loads(_verified(str(session_data), self.key_salt))
        except Exception:  # Django's own says what is wrong with it
            return dict(super().decode(session_data))
        return kept


def person_behind(session: SessionStore) -> Person | None:
    """Who is signed in, as Django's `get_user` finds it, when all is in order and was read with the session. None
    leaves the rest to it: nobody, a first visit, a changed password, a key that was replaced."""
    backend, proof = session.get(BACKEND_SESSION_KEY), session.get(HASH_SESSION_KEY) or ""
    person = session.person
    if person is None or not person.is_active or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    return person if constant_time_compare(proof, _proof(person.password)) else None


@lru_cache(maxsize=1024)
def _proof(password: str) -> str:
    """What a session holds that was opened with this password (or its hash, rather): worked out once for each."""
    return Person(password=password).get_session_auth_hash()


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


_FIELDS = Person._meta.concrete_fields
_NAMES = tuple(field.attname for field in _FIELDS)
_TIMES = [n for n, field in enumerate(_FIELDS) if isinstance(field, DateTimeField)]


@cache
def _session_and_person() -> str:
    """The person's own id is their first column: nothing stands there when there is nobody of that id."""
    beside = "".join(f"{column('p.id')}, " for column in _beside.values())
    audiences = audiences_column("p.id", "p.is_guest", "%s")
    return (
        f"SELECT s.session_data, {audiences}, {beside}{_columns()} FROM django_session s "  # noqa: S608
        "LEFT JOIN people_person p ON p.id = %s WHERE s.session_key = %s AND s.expire_date > %s"
    )


def _columns() -> str:
    return ", ".join(f"p.{field.column}" for field in _FIELDS)


def person_signed_in(person_id: int) -> Person | None:
    """`Person.objects.get`, without building the same query for every page."""
    found = rows(f"SELECT {_columns()} FROM people_person p WHERE p.id = %s", [person_id])  # noqa: S608
    return _person(list(found[0])) if found else None


def _person(values: list[Any]) -> Person:
    if not is_postgresql():  # raw SQL gives UTC without saying so
        for n in _TIMES:
            values[n] = values[n] and values[n].replace(tzinfo=UTC)
    return Person.from_db(DEFAULT_DB_ALIAS, _NAMES, values)
