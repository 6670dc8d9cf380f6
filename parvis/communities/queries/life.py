"""Where a community is in its life, for those it concerns: in preparation, asked how it goes, archived, merged."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from parvis.communities.models import UNDO_FOR, Community, Invitation, Membership, Merge, MergeOffer, Pulse
from parvis.communities.queries.members import HITS, LONGEST_WORDS
from parvis.communities.standing import Standing, animators
from parvis.people.models import Person
from parvis.people.ties import out_of_reach_of


@dataclass(frozen=True)
class Life:
    archived_by: Person | None = None
    # Of an archive: where it went on, when the reader may see that.
    merged_into: Community | None = None
    may_unarchive: bool = False
    # Of those who animate, here or there: what they can undo, and what they are asked.
    merges: tuple[Merge, ...] = ()
    pulse: Pulse | None = None
    offers: tuple[MergeOffer, ...] = ()
    offered: MergeOffer | None = None
    # Of what joined, what the reader may see: the others are not named.
    seen: frozenset[int] = frozenset()

    @property
    def undoable(self) -> Merge | None:
        """The merge that archived it."""
        return next(iter(self.merges), None) if self.merged_into else None


# Of what lives, for those who do not animate it.
NOTHING_TO_SAY = Life()


def life_of(community: Community, standing: Standing, reader: Person) -> Life:
    """Nothing to read of what lives, for those who do not animate it; at most four queries for the others."""
    if not (standing.is_archived or standing.may_animate) or standing.is_in_preparation:
        return NOTHING_TO_SAY
    recent = Merge.objects.filter(undone_at__isnull=True, merged_at__gt=timezone.now() - UNDO_FOR)
    if standing.is_archived:
        into = Community.objects.visible_to(reader.scope()).filter(pk=community.merged_into_id or 0).first()
        by = Person.objects.filter(pk=community.archived_by_id or 0).first()
        may_undo = standing.may_animate
        merges = tuple(recent.filter(source=community)[:1]) if may_undo and community.merged_into_id else ()
        is_recent = timezone.now() - (community.archived_at or timezone.now()) < UNDO_FOR
        wakes = may_undo and is_recent and community.merged_into_id is None
        return Life(archived_by=by, merged_into=into, may_unarchive=wakes, merges=merges)
    offers = MergeOffer.objects.filter(target=community).select_related("source", "by").order_by("offered_at", "pk")
    merges = tuple(recent.filter(target=community).select_related("source").order_by("pk"))
    joined = Community.objects.visible_to(reader.scope()).filter(merged_into=community)
    return Life(
        merges=merges,
        seen=frozenset(joined.values_list("pk", flat=True)) if merges else frozenset(),
        pulse=Pulse.objects.filter(community=community, answered_at__isnull=True).first(),
        offers=tuple(offers[:HITS]),
        offered=MergeOffer.objects.filter(source=community).select_related("target").first(),
    )


def merged_here(community: Community, reader: Person) -> list[Community]:
    """Those that joined it and that this reader may see, by name: what stayed there is read there. One query."""
    joined = Community.objects.visible_to(reader.scope()).filter(merged_into=community)
    return list(joined.order_by("sort_key", "pk")[:HITS])


@dataclass(frozen=True)
class Joinable:
    """A community that another could join; `is_animated` when the reader animates it too, so that nobody is asked."""

    community: Community
    is_animated: bool


def joinable(*, by: Person, source: Community, words: str) -> list[Joinable]:
    """Without words, those the reader animates; with words, those they find by name. One query."""
    words = words.replace("\0", "")[:LONGEST_WORDS].strip()
    mine = Membership.objects.filter(community=OuterRef("pk"), person=by, role=Membership.Role.ANIMATOR)
    found = Community.objects.visible_to(by.scope()).filter(opened_at__isnull=False, archived_at__isnull=True)
    found = found.exclude(pk=source.pk)
    found = found.named(words) if words else found.filter(Exists(mine))
    shown: list[Any] = list(found.annotate(is_animated=Exists(mine)).order_by("-is_animated", "sort_key", "pk")[:HITS])
    return [Joinable(c, c.is_animated) for c in shown]


@dataclass(frozen=True)
class Preparation:
    """What the birth contract has, and what it still wants."""

    animators: list[Person]
    # Asked to animate and not in yet; whether they declined is told to nobody.
    asked: list[Person]


def preparation(community: Community) -> Preparation:
    """Two queries."""
    those = animators().filter(community=community).select_related("person").order_by("joined_at", "pk")
    inside = Membership.objects.filter(community=community, person=OuterRef("person"))
    asked = Invitation.objects.filter(community=community, is_to_animate=True).exclude(Exists(inside))
    asked = asked.select_related("person").order_by("invited_at", "pk")
    return Preparation([row.person for row in those], [row.person for row in asked])


def colleagues_named(words: str, *, by: Person) -> list[Person]:
    """Those who could animate with somebody, by name, at most ten. One query; none without words."""
    words = words.replace("\0", "")[:LONGEST_WORDS].strip()
    if not words:
        return []
    found = Person.objects.visible_to(by.scope()).active().named(words).filter(is_guest=False)
    return list(found.exclude(pk=by.pk).exclude(out_of_reach_of(by)).order_by("sort_key", "pk")[:HITS])
