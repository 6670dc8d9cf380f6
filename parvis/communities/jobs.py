"""What time brings to communities: stays that end, requests that wait, mandates that are over."""

from datetime import timedelta

from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import Membership
from parvis.kernel.jobs.registry import every, job


@job(lane="now")
def end_stay(community_id: int, person_id: int) -> None:
    """At the last moment of a guest: open pages close what they show. Access ended by itself."""
    found = Membership.objects.filter(community=community_id, person=person_id, ends_at__lte=timezone.now())
    for member in found.select_related("community", "person"):
        actions.end_stay(person=member.person, community=member.community)


@every(minutes=60)
@job(lane="now")
def end_stays() -> None:
    """What no job of its own took away: a restored backup, a clock that was set."""
    over = Membership.objects.filter(ends_at__lte=timezone.now() - timedelta(minutes=1))
    for member in over.select_related("community", "person").order_by("pk")[:1000]:
        actions.end_stay(person=member.person, community=member.community)


@every("07:40")
@job(lane="now")
def remind_of_ends() -> None:
    actions.remind_of_ends()
