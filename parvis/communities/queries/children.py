"""What stands under a community and over it, as its reader may see it."""

from collections.abc import Collection
from dataclasses import dataclass

from parvis.communities.models import Community, ParentProposal
from parvis.people.models import Person

MOST = 60


@dataclass(frozen=True)
class Kin:
    """The parent is None for who may not see it; of the children, only those this reader sees, without a gap."""

    parent: Community | None
    children: list[Community]
    # For those who animate: what asks to stand here, and where this one asks to.
    asking: list[ParentProposal]
    proposal: ParentProposal | None


def parent_of(community: Community, reader: Person) -> Community | None:
    """One query at most."""
    if community.parent_id is None:
        return None
    return Community.objects.visible_to(reader.scope()).filter(pk=community.parent_id).first()


def kin_of(community: Community, reader: Person, *, animates: bool) -> Kin:
    """By name, never by size. Four queries at most."""
    seen = Community.objects.visible_to(reader.scope())
    children = list(seen.filter(parent=community, merged_into__isnull=True).order_by("sort_key", "pk")[:MOST])
    asking: list[ParentProposal] = []
    proposal = None
    if animates:
        waiting = ParentProposal.objects.filter(parent=community, community__in=seen)
        asking = list(waiting.select_related("community", "proposed_by").order_by("proposed_at", "pk")[:MOST])
        proposal = ParentProposal.objects.filter(community=community).select_related("parent").first()
    return Kin(parent_of(community, reader), children, asking, proposal)


def possible_parents(community: Community, reader: Person, words: str) -> list[Community]:
    """Those the reader finds by name. One query; none without words."""
    words = words.replace("\0", "")[:100].strip()
    if not words:
        return []
    found = Community.objects.visible_to(reader.scope()).filter(archived_at__isnull=True, opened_at__isnull=False)
    return list(found.named(words).exclude(pk=community.pk).order_by("sort_key", "pk")[:10])


def children_that_ask(reader: Person, animated: Collection[int]) -> list[ParentProposal]:
    """In « À vous » of those who animate the parent. One query."""
    seen = Community.objects.visible_to(reader.scope())
    waiting = ParentProposal.objects.filter(parent__in=list(animated), community__in=seen)
    waiting = waiting.select_related("community", "parent")
    return list(waiting.order_by("proposed_at", "pk")[:5])
