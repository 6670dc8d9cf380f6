"""All communities: one's own, those to discover, what waits for an answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from parvis.communities.models import (
    Community,
    CommunityQuerySet,
    EntryRequest,
    Follow,
    Invitation,
    Membership,
    Recommendation,
    Removal,
)
from parvis.communities.queries.head import HOSTS
from parvis.communities.queries.members import LONGEST_WORDS, MEMBERS
from parvis.communities.standing import animators
from parvis.communities.words import Reply, kind_and_access, names_in_words, usual_reply
from parvis.kernel.pagination import Cursor, Page
from parvis.people.models import Person

CARDS = 12
# How long the answer to a declined request stays on one's page of communities.
_ANSWER_STAYS = timedelta(days=30)


@dataclass(frozen=True)
class Card:
    """A community in a list: what lives there, never how big it is."""

    community: Community
    hosts: list[Person]
    hosts_in_words: str
    has_more_hosts: bool
    is_followed: bool
    is_asked: bool
    # Why it is proposed; of a suggestion alone.
    reason: str = ""

    @property
    def kind_and_access(self) -> str:
        return kind_and_access(self.community)

    @property
    def usual_reply(self) -> Reply | None:
        return usual_reply(self.community)


@dataclass(frozen=True)
class Sought:
    """What the list was narrowed to."""

    words: str = ""
    kind: str = ""
    # Only those that rest. Without, they come up when one looks for a name, and not otherwise.
    archived: bool = False

    @classmethod
    def read(cls, *, words: str, kind: str, archived: str = "") -> "Sought":
        clean = " ".join(words.replace("\0", "")[:LONGEST_WORDS].split())
        return cls(clean, kind if kind in Community.Kind.values else "", archived == "oui")

    def __bool__(self) -> bool:
        return bool(self.words or self.kind or self.archived)


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer on one's page of communities: mine, or an animator's that just came."""

    invitations: list[Invitation] = field(default_factory=list)
    requests: list[EntryRequest] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    # By colleagues, with a word; told until answered.
    recommended: list[Recommendation] = field(default_factory=list)


def mine(*, reader: Person, sought: Sought, after: Cursor | None = None) -> Page[Card]:
    """Those the reader belongs to, the liveliest first. Two queries."""
    own = Membership.objects.current().filter(person=reader).values("community_id")
    found = Community.objects.filter(pk__in=own)
    if reader.is_guest:
        found = found.readable_by(reader.scope())
    return _cards(found, reader=reader, sought=sought, after=after)


def to_discover(*, reader: Person, sought: Sought, after: Cursor | None = None) -> Page[Card]:
    """Those the reader finds and does not belong to. Two queries (three with the scope)."""
    own = Membership.objects.current().filter(person=reader).values("community_id")
    invited = Invitation.objects.pending().filter(person=reader).values("community_id")
    found = Community.objects.visible_to(reader.scope()).exclude(pk__in=own).exclude(pk__in=invited)
    return _cards(found, reader=reader, sought=sought, after=after)


def recommended_to(reader: Person) -> QuerySet[Recommendation]:
    """What colleagues told this person of and waits: of places they still find, are not in and did not ask for."""
    found = Community.objects.visible_to(reader.scope()).filter(archived_at__isnull=True)
    return (
        Recommendation.objects.filter(person=reader, put_away_at__isnull=True, community__in=found)
        .exclude(community__memberships__person=reader)
        .exclude(community__entry_requests__person=reader)
        .exclude(community__follows__person=reader)
        .select_related("community", "by")
    )


def waiting_for(reader: Person) -> Waiting:
    """Three queries."""
    living = Community.objects.filter(archived_at__isnull=True)
    invitations = Invitation.objects.pending().filter(person=reader, community__in=living)
    invitations = invitations.select_related("community", "invited_by")
    answered = Q(is_accepted=False, decided_at__gt=timezone.now() - _ANSWER_STAYS)
    requests = (
        EntryRequest.objects.filter(Q(decided_at__isnull=True) | answered, person=reader)
        .exclude(community__memberships__person=reader)
        .filter(community__in=living.visible_to(reader.scope()))
        .select_related("community", "decided_by")
    )
    removals = Removal.objects.filter(person=reader, read_at__isnull=True).select_related("removed_by")
    recommended = recommended_to(reader).order_by("-recommended_at", "-pk")
    return Waiting(
        list(invitations.order_by("-invited_at", "-pk")[:MEMBERS]),
        list(requests.order_by("-asked_at", "-pk")[:MEMBERS]),
        list(removals.order_by("-removed_at", "-pk")[:MEMBERS]),
        list(recommended[:MEMBERS]),
    )


def _cards(rows: CommunityQuerySet, *, reader: Person, sought: Sought, after: Cursor | None) -> Page[Card]:
    if sought.words:
        rows = rows.named(sought.words)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.archived or not sought.words:
        rows = rows.filter(archived_at__isnull=not sought.archived)
    alive = rows.annotate(
        alive_at=Coalesce("last_exchange_at", "founded_at"),
        is_followed=Exists(Follow.objects.filter(community=OuterRef("pk"), person=reader)),
        is_asked=Exists(EntryRequest.objects.filter(community=OuterRef("pk"), person=reader, decided_at__isnull=True)),
    )
    if after is not None:
        alive = alive.filter(Q(alive_at__lt=after.at) | Q(alive_at=after.at, pk__lt=after.id))
    shown: list[Any] = list(alive.order_by("-alive_at", "-pk")[: CARDS + 1])
    hosts = _hosts_of([c.pk for c in shown[:CARDS]])
    cards = [
        Card(
            community=c,
            hosts=hosts[c.pk][:HOSTS],
            hosts_in_words=names_in_words(hosts[c.pk][:HOSTS], and_others=len(hosts[c.pk]) > HOSTS),
            has_more_hosts=len(hosts[c.pk]) > HOSTS,
            is_followed=c.is_followed,
            is_asked=c.is_asked,
        )
        for c in shown[:CARDS]
    ]
    last = shown[CARDS - 1] if len(shown) > CARDS else None
    return Page(cards, Cursor(last.alive_at, last.pk) if last else None)


def _hosts_of(community_ids: Iterable[int]) -> dict[int, list[Person]]:
    """One query."""
    hosts: dict[int, list[Person]] = defaultdict(list)
    members = animators().filter(community_id__in=list(community_ids)).select_related("person")
    for member in members.order_by("joined_at", "pk"):
        hosts[member.community_id].append(member.person)
    return hosts
