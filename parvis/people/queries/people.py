"""Who is in the directory, for those who let in; sessions, faces, ways in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, Q
from django.utils import timezone

from parvis.kernel.audiences.scope import Scope
from parvis.kernel.text import folded
from parvis.kernel.web.dates import clock
from parvis.people import devices
from parvis.people.models import EntryPass, Person
from parvis.people.zones import zone_named


@dataclass(frozen=True)
class SessionLine:
    id: int
    device: str
    is_phone: bool
    is_this_one: bool
    since: datetime
    last_seen_at: datetime


def sessions_of(person: Person, *, current_key: str | None) -> list[SessionLine]:
    """Those that still hold, this one first, then the last used. One query."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user=person, session_key__in=living).order_by("-last_seen_at", "-pk")
    lines = [
        SessionLine(
            id=session.pk,
            device=devices.in_words(session.user_agent),
            is_phone=devices.is_phone(session.user_agent),
            is_this_one=session.session_key == current_key,
            since=session.created_at,
            last_seen_at=max(session.last_seen_at, session.created_at),
        )
        for session in found[:100]
    ]
    return sorted(lines, key=lambda line: not line.is_this_one)


def photo_of(*, person_id: int, scope: Scope) -> Person | None:
    """The person with the photo's file and blob, when this scope sees the person and there is a photo."""
    return (
        Person.objects.visible_to(scope)
        .filter(pk=person_id, photo__isnull=False)
        .select_related("photo__blob")
        .first()
    )


def usable_passes(person: Person) -> list[EntryPass]:
    """The ways in that somebody could use now, the last made first."""
    return list(
        EntryPass.objects.filter(
            person=person, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
        ).order_by("-created_at", "-pk")
    )


def person_at_the_door(typed: str) -> Person | None:
    """By identifier, then by mail, whatever the case."""
    name = typed.strip().lower()
    found = {person.identifier: person for person in Person.objects.filter(identifier=name)}
    return found.get(name) or Person.objects.filter(mail=name).first()


@dataclass(frozen=True)
class Directory:
    """A page of the whole directory, for those who give access. `next_id` names the last row shown, or is None."""

    rows: list[Person]
    next_id: int | None
    # Of those who have not come in: how many at each site, "" for those without a site.
    waiting: dict[str, int]


def directory(*, words: str = "", is_waiting: bool = False, after_id: int | None = None, size: int = 50) -> Directory:
    """By name; also who has not come in and who is suspended. Three queries, whatever the size of the company."""
    people = Person.objects.get_queryset()
    words = words.replace("\0", "").strip()  # PostgreSQL refuses it even in a question
    if words:
        exact = Q(identifier=words.lower()) | Q(mail=words.lower())
        people = (
            people.filter(Q(pk__in=people.named(words).values("pk")) | exact)
            if folded(words)
            else people.filter(exact)
        )
    if is_waiting:
        people = people.filter(activated_at__isnull=True, suspended_at__isnull=True)
    last = (
        Person.objects.get_queryset().filter(pk=after_id).values_list("sort_key", "pk").first() if after_id else None
    )
    if last:
        people = people.filter(Q(sort_key__gt=last[0]) | Q(sort_key=last[0], pk__gt=last[1]))
    rows = list(people.order_by("sort_key", "pk")[: size + 1])
    waiting = (
        Person.objects.get_queryset()
        .filter(activated_at__isnull=True, suspended_at__isnull=True)
        .values_list("site")
        .annotate(count=Count("pk"))
        .order_by("site")
    )
    return Directory(rows[:size], rows[size - 1].pk if len(rows) > size else None, dict(waiting))


def without_password(site: str = "") -> list[Person]:
    """Those who are in the directory and have not come in: by site and name. For invitations and codes on paper."""
    people = Person.objects.get_queryset().active().filter(activated_at__isnull=True)
    if site:
        people = people.filter(site__iexact=site)
    return list(people.order_by("site", "sort_key", "pk"))


def local_hour(person: Person) -> str:
    """The hour where that person lives, when it is not the reader's; else ""."""
    zone = zone_named(person.time_zone)
    if zone is None:
        return ""
    now = timezone.now()
    there = now.astimezone(zone)
    return clock(there) if there.utcoffset() != timezone.localtime(now).utcoffset() else ""
