"""Sessions: ending them, knowing when each was last used."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from parvis.kernel import events
from parvis.people.events import (
    SignedOutEverywhere,
)
from parvis.people.models import Person

# What the sign-in page says once to somebody whose session was closed by somebody else or on another device.
CLOSED_ELSEWHERE, CLOSED_BY_SUSPENSION, CLOSED_BY_NEW_PASSWORD = "elsewhere", "suspension", "new_password"


@transaction.atomic
def end_session(*, person: Person, session_id: int) -> None:
    """One of one's own; ending what is already ended is fine."""
    for session in UserSession.objects.filter(user=person, pk=session_id):
        _close(session, CLOSED_ELSEWHERE)
        events.publish(SignedOutEverywhere(person_id=person.pk))


@transaction.atomic
def sign_out_everywhere(*, person: Person, except_key: str | None = None, why: str = CLOSED_ELSEWHERE) -> None:
    """Ends every session, or every other one, and has open connections looked at again."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=except_key or ""):
        _close(session, why)
    events.publish(SignedOutEverywhere(person_id=person.pk))


@transaction.atomic
def keep_last_seen(*, seen: Mapping[str, float]) -> None:
    """`seen`: session key → moment (seconds since 1970) it was last used."""
    found = list(UserSession.objects.filter(session_key__in=list(seen)))
    for session in found:
        session.last_seen_at = datetime.fromtimestamp(seen[session.session_key], tz=UTC)
    UserSession.objects.bulk_update(found, ["last_seen_at"], batch_size=200)


def _close(session: UserSession, why: str) -> None:
    """Empties the session, so that nobody is signed in with it any more, and leaves one word for the sign-in page."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session.session_key)
    if store.exists(session.session_key):
        store.clear()
        store["closed"] = why
        store.save()
    session.delete()
