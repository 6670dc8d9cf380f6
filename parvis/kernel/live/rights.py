"""Who is behind a session, and which topics that person may hear: for the hub and for the polling fallback.

Everything is asked in batches, so that a thousand browsers that come back at once cost a handful of queries.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.http import parse_cookie  # noqa: TID251 - no other way finds the session that Django would find
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.live import topics as known


@dataclass(frozen=True, slots=True)
class Ask:
    session_key: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`person_id` is None when nobody is signed in any more. `granted`: the topics allowed, and their versions."""

    person_id: int | None
    granted: dict[str, int] = field(default_factory=dict)


def look(asks: Sequence[Ask]) -> list[Answer]:
    """One answer an ask, in the same order. Seven queries at most for the usual two prefixes."""
    readers = _readers({ask.session_key for ask in asks})
    wanted = {topic for ask in asks if ask.session_key in readers for topic in ask.topics}
    audiences = known.audiences(wanted)
    versions = known.versions(wanted)
    doors = _doors({reader.pk for reader in readers.values()}, set(audiences.values()))

    answers = []
    for ask in asks:
        reader = readers.get(ask.session_key)
        if reader is None:
            answers.append(Answer(None))
            continue
        granted = {
            topic: versions.get(topic, 0)
            for topic in ask.topics
            if topic == f"p:{reader.pk}" or (topic in audiences and doors.let(reader, audiences[topic]))
        }
        answers.append(Answer(reader.pk, granted))
    return answers


def person_behind(session_key: str) -> int | None:
    """Who is signed in with it now; None for a key that was made up, ended, or is from before a change of password."""
    return look([Ask(session_key, ())])[0].person_id


def session_key_in(cookies: Iterable[str]) -> str:
    """What the browser says its session is, found as Django finds it; "" for none. `cookies`: its Cookie headers."""
    return parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME, "")[:64]


def granted_to(person: Any, topics: Collection[str]) -> dict[str, int]:
    """The topics this person may hear, with their versions."""
    audiences = known.audiences(topics)
    versions = known.versions(topics)
    doors = _doors({person.pk}, set(audiences.values()))
    return {
        topic: versions.get(topic, 0)
        for topic in topics
        if topic == f"p:{person.pk}" or (topic in audiences and doors.let(person, audiences[topic]))
    }


@dataclass(frozen=True, slots=True)
class _Doors:
    """What `scope_of` says, for many people and the few audiences in question (a test holds the two together)."""

    open: frozenset[int]
    members: frozenset[tuple[int, int]]

    def let(self, person: Any, audience_id: int) -> bool:
        return (audience_id in self.open and not person.is_guest) or (person.pk, audience_id) in self.members


def _doors(person_ids: Iterable[int], audience_ids: Iterable[int]) -> _Doors:
    audience_ids = list(audience_ids)
    members = AudienceMember.objects.current().filter(person_id__in=list(person_ids), audience_id__in=audience_ids)
    return _Doors(
        frozenset(Audience.objects.filter(is_open=True, pk__in=audience_ids).values_list("pk", flat=True)),
        frozenset(members.values_list("person_id", "audience_id")),
    )


def _readers(session_keys: Iterable[str]) -> dict[str, Any]:
    """The active person behind each session that still holds: not ended, not from before a change of password."""
    sessions = Session.objects.filter(session_key__in=list(session_keys), expire_date__gt=timezone.now())
    contents = {session.session_key: session.get_decoded() for session in sessions}
    ids = {key: content[SESSION_KEY] for key, content in contents.items() if SESSION_KEY in content}
    people = {str(pk): person for pk, person in get_user_model()._default_manager.in_bulk(set(ids.values())).items()}
    return {
        key: person
        for key, person_id in ids.items()
        if (person := people.get(person_id))
        and person.is_active
        and constant_time_compare(contents[key].get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    }
