"""What time brings to communities: stays that end, requests that wait, mandates that are over."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import PULSE_DAYS, Community, Membership, Pulse
from parvis.kernel.jobs.registry import every, job
from parvis.kernel.mail import letters


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


@every(minutes=60)
@job(lane="now")
def remind_of_requests() -> None:
    actions.remind_of_requests()


@every("00:20")
@job(lane="now")
def end_embassies() -> None:
    actions.end_embassies()


@every("06:10")
@job(lane="now")
def ask_pulses() -> None:
    """Each community in a transaction of its own. Again on the same day: nothing is asked twice."""
    letters.make_ready("communities/mail/pulse", "communities/mail/pulse_again")
    now = timezone.now()
    young = Q(opened_at__gt=now - timedelta(days=PULSE_DAYS[-1]) - actions.STILL_ASKED)
    due = Q(opened_at__lte=now - timedelta(days=PULSE_DAYS[0])) & young | Q(review_on__lte=timezone.localdate(now))
    living = Community.objects.filter(due, opened_at__isnull=False, archived_at__isnull=True)
    for community in living.order_by("pk"):
        actions.ask_pulse(community=community, now=now)
    waiting = Pulse.objects.filter(answered_at__isnull=True, reminded_at__isnull=True, community__archived_at=None)
    for pulse in waiting.filter(asked_at__lte=now - actions.REMINDED_AFTER).order_by("pk"):
        actions.remind_of_pulse(pulse=pulse, now=now)
