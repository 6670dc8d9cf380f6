"""Who is in a community, who asks to be, and whom one may invite."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from parvis.communities.cursors import NameCursor
from parvis.communities.models import (
    Community,
    EntryRequest,
    GroupGate,
    Invitation,
    Membership,
)
from parvis.communities.standing import by_rank, colleagues
from parvis.people.models import Person
from parvis.people.ties import out_of_reach_of

MEMBERS = 30
HITS = 10
# Longer than any name; more is not typed by a person.
LONGEST_WORDS = 100


def members_of(community: Community) -> QuerySet[Membership]:
    """Those still in the company; a guest until the last moment of their stay."""
    return Membership.objects.current().filter(community=community, person__suspended_at__isnull=True)


@dataclass(frozen=True)
class Members:
    rows: list[Membership]
    next_cursor: NameCursor | None


def members_page(community: Community, *, words: str = "", after: NameCursor | None = None) -> Members:
    """Those who animate, those in embassy, then all by folded name. One query."""
    rows = members_of(community).select_related("person", "sponsor", "thanked_by").annotate(rank=by_rank())
    # Of a guest: whoever answered for them may have left.
    sponsoring = colleagues().filter(community=community, person=OuterRef("sponsor"))
    rows = rows.annotate(has_sponsor=Exists(sponsoring))
    words = words.replace("\0", "")[:LONGEST_WORDS].strip()
    if words:
        here = Person.objects.get_queryset().filter(memberships__in=rows.values("pk"))
        rows = rows.filter(person__in=here.named(words))
    if after is not None:
        rows = rows.filter(after.after(rank="rank", name="person__sort_key", row="person_id"))
    shown: list[Any] = list(rows.order_by("rank", "person__sort_key", "person_id")[: MEMBERS + 1])
    next_cursor = None
    if len(shown) > MEMBERS:
        last = shown[MEMBERS - 1]
        next_cursor = NameCursor(last.rank, last.person.sort_key, last.person_id)
    return Members(shown[:MEMBERS], next_cursor)


def waiting_in(community: Community) -> QuerySet[EntryRequest]:
    return EntryRequest.objects.filter(community=community, decided_at__isnull=True, person__suspended_at__isnull=True)


def requests_waiting(community: Community) -> list[EntryRequest]:
    """The animators' « À vous », the oldest first; those that follow come up as these are answered. One query."""
    return list(waiting_in(community).select_related("person").order_by("asked_at", "pk")[:MEMBERS])


# Whoever asked is not left without an answer: those who animate are reminded after this long.
LATE = timedelta(days=2)


@dataclass(frozen=True)
class Requests:
    """Those that wait in one community. `name`: of who asks, when there is one."""

    community_id: int
    count: int
    name: str
    is_late: bool


def requests_by_community(community_ids: Collection[int]) -> list[Requests]:
    """What waited longest first, however many they are. One query."""
    waiting = EntryRequest.objects.filter(
        community__in=list(community_ids),
        community__archived_at__isnull=True,
        decided_at__isnull=True,
        person__suspended_at__isnull=True,
    )
    rows = waiting.values("community_id").annotate(count=Count("pk"), oldest=Min("asked_at"), name=Min("person__name"))
    late = timezone.now() - LATE
    return [
        Requests(row["community_id"], row["count"], row["name"], row["oldest"] <= late)
        for row in rows.order_by("oldest", "community_id")[:5]
    ]


@dataclass(frozen=True)
class Invitable:
    person: Person
    is_member: bool
    is_invited: bool


def people_to_invite(*, by: Person, community: Community, words: str, with_guests: bool) -> list[Invitable]:
    """At most ten colleagues by name, saying who is there or invited already. One query; none without words."""
    words = words.replace("\0", "")[:LONGEST_WORDS].strip()
    if not words:
        return []
    here = {"community": community, "person": OuterRef("pk")}
    found = (
        Person.objects.visible_to(by.scope())
        .active()
        .named(words)
        .annotate(
            is_member=Exists(Membership.objects.current().filter(**here)),
            is_invited=Exists(Invitation.objects.pending().filter(**here)),
        )
    )
    # Whom one cannot reach is not proposed, and nothing says why.
    found = found.exclude(out_of_reach_of(by))
    if not with_guests:
        found = found.filter(is_guest=False)
    shown: list[Any] = list(found.order_by("sort_key", "pk")[:HITS])
    return [Invitable(p, p.is_member, p.is_invited) for p in shown]


def gates_of(community: Community) -> list[GroupGate]:
    """The directory groups whose people may enter. One query."""
    return list(community.gates.order_by("name", "pk"))
