"""What pages show of communities, each with a fixed number of queries."""

from collections.abc import Collection

from parvis.communities.models import Community, Follow, Membership
from parvis.communities.standing import animators
from parvis.kernel.audiences.models import Audience
from parvis.people.models import Person


def communities_by_audience(audience_ids: Collection[int]) -> dict[int, Community]:
    """The communities behind the contributions of a page. One query."""
    return {c.audience_id: c for c in Community.objects.filter(audience_id__in=list(audience_ids))}


def feed_audience_ids(person: Person) -> set[int]:
    """The audiences of one's feed: what one belongs to and follows, and the company's wall. One query.

    To be narrowed by the reader's scope: a follow says what one wants, not what one may read.
    """
    joined = Membership.objects.filter(person=person).values_list("community__audience_id", flat=True)
    followed = Follow.objects.filter(person=person).values_list("community__audience_id", flat=True)
    ids = joined.union(followed)
    if not person.is_guest:
        ids = ids.union(Audience.objects.filter(kind=Audience.Kind.COMPANY).values_list("id", flat=True))
    return set(ids)


def animators_of(community: Community) -> list[Person]:
    """Those who welcome, first come first. One query."""
    members = animators().filter(community=community).select_related("person").order_by("joined_at", "pk")
    return [m.person for m in members]
