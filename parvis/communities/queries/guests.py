"""Guests of a community: those invited, how long they stay, who answers for them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from parvis.communities import stays
from parvis.communities.models import Community, Invitation, Membership
from parvis.communities.standing import colleagues
from parvis.people.models import Person

MOST = 30


def invitations_sent(community: Community) -> list[Invitation]:
    """Those not answered, the oldest first: for those who animate. One query."""
    sent = Invitation.objects.pending().filter(community=community, person__suspended_at__isnull=True)
    return list(sent.select_related("person", "invited_by", "sponsor").order_by("invited_at", "pk")[:MOST])


def sponsors_in(community: Community, *, first: Person, now: Person | None = None) -> list[Person]:
    """Who may answer for a guest: the reader first, who does now, then those who welcome. One query."""
    hosts = Q(role__in=[Membership.Role.ANIMATOR, Membership.Role.AMBASSADOR])
    named = Q(person__in=[one.pk for one in (first, now) if one is not None])
    found = colleagues().filter(hosts | named, community=community).select_related("person")
    people = [member.person for member in found.order_by("person__sort_key", "pk")[:MOST]]
    return sorted(people, key=lambda person: (person.pk != first.pk, now is None or person.pk != now.pk))


def stay_in(community: Community, person_id: int) -> Membership | None:
    """Of somebody who is here for a time. One query."""
    found = Membership.objects.current().filter(community=community, person=person_id, ends_at__isnull=False)
    return found.select_related("person", "sponsor", "community").first()


@dataclass(frozen=True)
class Unsponsored:
    """A guest nobody answers for any more, or whose stay is near its end, as those are told who may do something."""

    member: Membership
    is_ending: bool


def stays_to_look_at(person: Person, animated: Collection[int]) -> list[Unsponsored]:
    """Of the communities one animates, the guests nobody answers for; of those one answers for, and of these, the
    stays that end soon. At most five. One query."""
    sponsoring = colleagues().filter(community=OuterRef("community"), person=OuterRef("sponsor"))
    ending = Q(ends_at__lte=timezone.now() + stays.TOLD_BEFORE, let_end_at__isnull=True)
    rows = (
        Membership.objects.current()
        .filter(ends_at__isnull=False, person__suspended_at__isnull=True)
        .annotate(has_sponsor=Exists(sponsoring))
        .filter(
            (Q(community__in=list(animated)) & Q(has_sponsor=False))
            | (Q(sponsor=person) & Q(has_sponsor=True) & ending)
        )
    )
    found = rows.select_related("community", "person").order_by("ends_at", "pk")[:5]
    return [Unsponsored(member, bool(member.has_sponsor)) for member in found]  # type: ignore[attr-defined]
