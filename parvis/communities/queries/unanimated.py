"""What nobody animates, for administrators."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from parvis.communities.models import (
    HIDDEN,
    Community,
    CommunityQuerySet,
    Invitation,
)
from parvis.communities.queries.members import MEMBERS
from parvis.communities.standing import animators, colleagues
from parvis.people.models import Person


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
    living = Community.objects.filter(opened_at__isnull=False, archived_at__isnull=True)
    return living.exclude(access__in=HIDDEN).filter(~Exists(animators().filter(community=OuterRef("pk"))))
