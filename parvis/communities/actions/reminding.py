"""Whoever asked to come in is not forgotten: those who animate are reminded once, after two days."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from parvis.communities.models import Community, EntryRequest
from parvis.communities.queries import LATE
from parvis.communities.standing import animators
from parvis.kernel.mail.actions import post_letter


@transaction.atomic
def remind_of_requests() -> int:
    """One letter to each of those who animate, however many asked. Gives of how many requests it told."""
    now = timezone.now()
    late = EntryRequest.objects.filter(decided_at__isnull=True, reminded_at__isnull=True, asked_at__lte=now - LATE)
    late = late.filter(person__suspended_at__isnull=True, community__archived_at__isnull=True)
    found = list(late.order_by("community_id", "pk").values_list("pk", "community_id"))
    by_community: dict[int, int] = {}
    for _request, community_id in found:
        by_community[community_id] = by_community.get(community_id, 0) + 1
    for community in Community.objects.filter(pk__in=by_community).order_by("pk"):
        _tell(community, by_community[community.pk], now.date().isoformat())
    EntryRequest.objects.filter(pk__in=[pk for pk, _community in found]).update(reminded_at=now)
    return len(found)


def _tell(community: Community, count: int, day: str) -> None:
    path = reverse("communities:members", args=[community.slug])
    for member in animators().filter(community=community).select_related("person").order_by("pk"):
        post_letter(
            to=member.person.mail,
            letter="communities/mail/requests_wait",
            language=member.person.language,
            key=f"requests:{community.pk}:{member.person_id}:{day}",
            host=member.person,
            community=community,
            count=count,
            link=f"{settings.PARVIS_URL}{path}#a-vous",
        )
