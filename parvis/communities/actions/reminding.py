"""Whoever asked to come in is not forgotten: those who animate are reminded once, after two days."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from parvis.communities.models import Community, EntryRequest
from parvis.communities.queries import LATE
from parvis.communities.standing import animators
from parvis.kernel.mail.actions import Written, post_written, write_letter


def remind_of_requests() -> int:
    """One letter to each of those who animate, however many asked. Gives of how many requests it told.

    Each community in a transaction of its own, its letters written before: killed at any moment, it goes on with those
    that were not told of."""
    now = timezone.now()
    late = EntryRequest.objects.filter(decided_at__isnull=True, reminded_at__isnull=True, asked_at__lte=now - LATE)
    late = late.filter(person__suspended_at__isnull=True, community__archived_at__isnull=True)
    by_community: dict[int, list[int]] = {}
    for request_id, community_id in late.order_by("community_id", "pk").values_list("pk", "community_id"):
        by_community.setdefault(community_id, []).append(request_id)
    told = 0
    for community in Community.objects.filter(pk__in=by_community).order_by("pk"):
        waiting = by_community[community.pk]
        letters = _letters(community, len(waiting), now.date().isoformat())
        with transaction.atomic():
            still = EntryRequest.objects.filter(pk__in=waiting, decided_at__isnull=True, reminded_at__isnull=True)
            marked = still.update(reminded_at=now)
            for letter in letters if marked else []:
                post_written(letter)
        told += marked
    return told


def _letters(community: Community, count: int, day: str) -> list[Written | None]:
    path = reverse("communities:members", args=[community.slug])
    return [
        write_letter(
            to=member.person.mail,
            letter="communities/mail/requests_wait",
            language=member.person.language,
            key=f"requests:{community.pk}:{member.person_id}:{day}",
            host=member.person,
            community=community,
            count=count,
            link=f"{settings.PARVIS_URL}{path}#a-vous",
        )
        for member in animators().filter(community=community).select_related("person").order_by("pk")
    ]
