"""What pages show of communities, each with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities.cursors import NameCursor
from parvis.communities.models import (
    Community,
    CommunityQuerySet,
    EntryRequest,
    Follow,
    GroupGate,
    Invitation,
    Membership,
    Removal,
)
from parvis.communities.places import places_of
from parvis.communities.standing import Standing, animators, colleagues, standing_of
from parvis.communities.words import Preset, kind_and_access, names_in_words, preset_of
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.pagination import Cursor, Page
from parvis.people.models import Person

CARDS = 12
MEMBERS = 30
HITS = 10
# Faces and names of those who welcome; then « et d’autres ».
HOSTS = 2
# How long the answer to a declined request stays on one's page of communities.
_ANSWER_STAYS = timedelta(days=30)
# Longer than any name; more is not typed by a person.
_LONGEST_WORDS = 100


# --- For the feed and the composer ----------------------------------------------------------------------------------


def communities_by_audience(audience_ids: Collection[int]) -> dict[int, Community]:
    """The communities behind the contributions of a page. One query."""
    return {c.audience_id: c for c in Community.objects.filter(audience_id__in=list(audience_ids))}


def feed_audience_ids(person: Person) -> set[int]:
    """The audiences of one's feed: what one belongs to and follows, and the company's wall. Read with the session.

    To be narrowed by the reader's scope: a follow says what one wants, not what one may read.
    """
    ids = {mine.audience_id for mine in places_of(person)}
    return ids if person.is_guest else ids | {company_audience_id()}


def joined_by(person: Person) -> list[Community]:
    """Those one may publish in, by name: the composer's « Pour qui ? ». One query."""
    return list(
        Community.objects.filter(pk__in=Membership.objects.filter(person=person).values("community_id")).order_by(
            "sort_key", "pk"
        )
    )


def is_last_colleague(community: Community, person: Person) -> bool:
    """Nobody else of the company is in it. One query."""
    return not (person.is_guest or colleagues().filter(community=community).exclude(person=person).exists())


@dataclass(frozen=True)
class Readers:
    """Who belongs to a community: « Visible par ses 42 membres, dont 2 invités »."""

    members: int
    guests: int


def readers_of(community: Community) -> Readers:
    """One query."""
    counted = _members(community).aggregate(members=Count("pk"), guests=Count("pk", filter=Q(person__is_guest=True)))
    return Readers(counted["members"], counted["guests"])


def animators_of(community: Community) -> list[Person]:
    """Those who welcome, first come first. One query."""
    members = animators().filter(community=community).select_related("person").order_by("joined_at", "pk")
    return [m.person for m in members]


# --- The head of a community's pages --------------------------------------------------------------------------------


@dataclass(frozen=True)
class CommunityHeader:
    community: Community
    standing: Standing
    hosts: list[Person]
    hosts_in_words: str
    # Requests to enter that wait for an answer; only for those who animate.
    waiting: int = 0
    invitation: Invitation | None = None
    last_request: EntryRequest | None = None
    removal: Removal | None = None

    @property
    def kind_and_access(self) -> str:
        return kind_and_access(self.community)

    @property
    def preset(self) -> Preset:
        return preset_of(self.community)

    @property
    def has_own_act(self) -> bool:
        """Its filled button is the page's own, so Publier is not filled."""
        return self.standing.may_join or self.standing.may_ask

    @property
    def invitation_in_words(self) -> str:
        assert self.invitation is not None
        if self.invitation.invited_by is None:
            said = _("Le groupe « %(group)s » de l’annuaire vous ouvre cette communauté.")
            return said % {"group": self.invitation.group_name}
        name = {"name": self.invitation.invited_by.name}
        if self.invitation.is_to_animate:
            return _("Plus personne n’anime cette communauté. %(name)s vous invite à l’animer.") % name
        return _("%(name)s vous invite dans cette communauté.") % name

    @property
    def leaves_at_once(self) -> bool:
        """Leaving can be undone in a gesture; else a page first says what it means."""
        return self.community.access == Community.Access.OPEN and not (
            self.standing.is_animator or self.standing.is_guest
        )


def header(community: Community, reader: Person) -> CommunityHeader:
    """Two queries, one more for those who animate, and one for each thing an outsider is told.

    Never more, however many the members, the requests and the invitations.
    """
    standing = standing_of(reader, community)
    welcoming = animators().filter(community=community).select_related("person").order_by("joined_at", "pk")
    faces = [member.person for member in welcoming[: HOSTS + 1]]
    return CommunityHeader(
        community=community,
        standing=standing,
        hosts=faces[:HOSTS],
        hosts_in_words=names_in_words(faces[:HOSTS], and_others=len(faces) > HOSTS),
        waiting=_waiting(community).count() if standing.may_animate else 0,
        invitation=_own_invitation(reader, community) if standing.is_invited else None,
        last_request=_own_request(reader, community) if standing.asked_at or standing.declined_at else None,
        removal=_own_removal(reader, community) if standing.is_removed else None,
    )


def _own_invitation(person: Person, community: Community) -> Invitation | None:
    return Invitation.objects.pending().filter(person=person, community=community).select_related("invited_by").first()


def _own_request(person: Person, community: Community) -> EntryRequest | None:
    asked = EntryRequest.objects.filter(person=person, community=community).select_related("decided_by")
    return asked.order_by("-asked_at", "-pk").first()


def _own_removal(person: Person, community: Community) -> Removal | None:
    return Removal.objects.filter(person=person, community=community).select_related("removed_by").first()


# --- All communities ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """A community in a list: what lives there, never how big it is."""

    community: Community
    hosts: list[Person]
    hosts_in_words: str
    has_more_hosts: bool
    is_followed: bool
    is_asked: bool

    @property
    def kind_and_access(self) -> str:
        return kind_and_access(self.community)


@dataclass(frozen=True)
class Sought:
    """What the list was narrowed to."""

    words: str = ""
    kind: str = ""

    @classmethod
    def read(cls, *, words: str, kind: str) -> "Sought":
        clean = " ".join(words.replace("\0", "")[:_LONGEST_WORDS].split())
        return cls(clean, kind if kind in Community.Kind.values else "")

    def __bool__(self) -> bool:
        return bool(self.words or self.kind)


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer on one's page of communities: mine, or an animator's that just came."""

    invitations: list[Invitation] = field(default_factory=list)
    requests: list[EntryRequest] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)


def mine(*, reader: Person, sought: Sought, after: Cursor | None = None) -> Page[Card]:
    """Those the reader belongs to, the liveliest first. Two queries."""
    own = Membership.objects.filter(person=reader).values("community_id")
    return _cards(Community.objects.filter(pk__in=own), reader=reader, sought=sought, after=after)


def to_discover(*, reader: Person, sought: Sought, after: Cursor | None = None) -> Page[Card]:
    """Those the reader finds and does not belong to. Two queries (three with the scope)."""
    own = Membership.objects.filter(person=reader).values("community_id")
    invited = Invitation.objects.pending().filter(person=reader).values("community_id")
    found = Community.objects.visible_to(reader.scope()).exclude(pk__in=own).exclude(pk__in=invited)
    return _cards(found, reader=reader, sought=sought, after=after)


def waiting_for(reader: Person) -> Waiting:
    """Three queries."""
    invitations = Invitation.objects.pending().filter(person=reader).select_related("community", "invited_by")
    answered = Q(is_accepted=False, decided_at__gt=timezone.now() - _ANSWER_STAYS)
    requests = (
        EntryRequest.objects.filter(Q(decided_at__isnull=True) | answered, person=reader)
        .exclude(community__memberships__person=reader)
        .filter(community__in=Community.objects.visible_to(reader.scope()))
        .select_related("community", "decided_by")
    )
    removals = Removal.objects.filter(person=reader, read_at__isnull=True).select_related("removed_by")
    return Waiting(
        list(invitations.order_by("-invited_at", "-pk")[:MEMBERS]),
        list(requests.order_by("-asked_at", "-pk")[:MEMBERS]),
        list(removals.order_by("-removed_at", "-pk")[:MEMBERS]),
    )


def _cards(rows: CommunityQuerySet, *, reader: Person, sought: Sought, after: Cursor | None) -> Page[Card]:
    if sought.words:
        rows = rows.named(sought.words)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
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


# --- What nobody animates -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unanimated:
    """A community that everybody finds and nobody animates: its name and its state, nothing of what is said there."""

    community: Community
    has_colleague: bool
    offered_to: list[Person]


def unanimated_count() -> int:
    """One query."""
    return _unanimated().count()


def unanimated() -> list[Unanimated]:
    """By name. Two queries."""
    found: list[Any] = list(
        _unanimated()
        .annotate(has_colleague=Exists(colleagues().filter(community=OuterRef("pk"))))
        .order_by("sort_key", "pk")[:MEMBERS]
    )
    offered: dict[int, list[Person]] = defaultdict(list)
    offers = Invitation.objects.pending().filter(community__in=_unanimated(), is_to_animate=True)
    for offer in offers.select_related("person").order_by("invited_at", "pk"):
        offered[offer.community_id].append(offer.person)
    return [Unanimated(c, c.has_colleague, offered[c.pk]) for c in found]


def _unanimated() -> CommunityQuerySet:
    """Of a private one not even the name: administering opens nothing."""
    return Community.objects.exclude(access=Community.Access.PRIVATE).filter(
        ~Exists(animators().filter(community=OuterRef("pk")))
    )


# --- Members --------------------------------------------------------------------------------------------------------


def _members(community: Community) -> QuerySet[Membership]:
    """Those still in the company."""
    return Membership.objects.filter(community=community, person__suspended_at__isnull=True)


@dataclass(frozen=True)
class Members:
    rows: list[Membership]
    next_cursor: NameCursor | None


def members_page(community: Community, *, words: str = "", after: NameCursor | None = None) -> Members:
    """Animators first, then by folded name. One query."""
    rows = _members(community).select_related("person")
    words = words.replace("\0", "")[:_LONGEST_WORDS].strip()
    if words:
        rows = rows.filter(person__in=Person.objects.get_queryset().named(words))
    if after is not None:
        rows = rows.filter(after.after(rank="role", name="person__sort_key", row="person_id"))
    shown = list(rows.order_by("role", "person__sort_key", "person_id")[: MEMBERS + 1])
    next_cursor = None
    if len(shown) > MEMBERS:
        last = shown[MEMBERS - 1]
        next_cursor = NameCursor(last.role, last.person.sort_key, last.person_id)
    return Members(shown[:MEMBERS], next_cursor)


def _waiting(community: Community) -> QuerySet[EntryRequest]:
    return EntryRequest.objects.filter(community=community, decided_at__isnull=True, person__suspended_at__isnull=True)


def requests_waiting(community: Community) -> list[EntryRequest]:
    """The animators' « À vous », the oldest first; those that follow come up as these are answered. One query."""
    return list(_waiting(community).select_related("person").order_by("asked_at", "pk")[:MEMBERS])


@dataclass(frozen=True)
class Invitable:
    person: Person
    is_member: bool
    is_invited: bool


def people_to_invite(*, by: Person, community: Community, words: str, with_guests: bool) -> list[Invitable]:
    """At most ten colleagues by name, saying who is there or invited already. One query; none without words."""
    words = words.replace("\0", "")[:_LONGEST_WORDS].strip()
    if not words:
        return []
    here = {"community": community, "person": OuterRef("pk")}
    found = (
        Person.objects.visible_to(by.scope())
        .active()
        .named(words)
        .annotate(
            is_member=Exists(Membership.objects.filter(**here)),
            is_invited=Exists(Invitation.objects.pending().filter(**here)),
        )
    )
    if not with_guests:
        found = found.filter(is_guest=False)
    shown: list[Any] = list(found.order_by("sort_key", "pk")[:HITS])
    return [Invitable(p, p.is_member, p.is_invited) for p in shown]


def gates_of(community: Community) -> list[GroupGate]:
    """The directory groups whose people may enter. One query."""
    return list(community.gates.order_by("name", "pk"))
