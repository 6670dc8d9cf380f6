"""For the feed and the composer: which communities stand behind a page, and who reads them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from parvis.communities.models import (
    Community,
    Membership,
)
from parvis.communities.places import places_of
from parvis.communities.queries.members import members_of
from parvis.communities.standing import animators, colleagues
from parvis.kernel.audiences.actions import company_audience_id
from parvis.people.models import Person


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
        Community.objects.filter(
            pk__in=Membership.objects.current().filter(person=person).values("community_id")
        ).order_by("sort_key", "pk")
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
    counted = members_of(community).aggregate(members=Count("pk"), guests=Count("pk", filter=Q(person__is_guest=True)))
    return Readers(counted["members"], counted["guests"])


def animators_of(community: Community) -> list[Person]:
    """Those who welcome, first come first. One query."""
    members = animators().filter(community=community).select_related("person").order_by("joined_at", "pk")
    return [m.person for m in members]


def places_to_measure() -> list[int]:
    """The audiences of the communities where one still writes, and of which figures may be made: never the secret
    ones. Those that had a figure keep it true. One query."""
    lively = Community.objects.filter(archived_at__isnull=True, last_exchange_at__isnull=False)
    return list(lively.exclude(access=Community.Access.SECRET).order_by("pk").values_list("audience_id", flat=True))
