"""Making audiences and letting people in or out. Called by the modules that own the reason (a membership, a guest)."""

from datetime import datetime
from functools import cache

from django.db import transaction
from django.utils import timezone

from parvis.kernel import events
from parvis.kernel.audiences.events import AccessChanged
from parvis.kernel.audiences.models import Audience, AudienceMember


@cache
def company_audience_id() -> int:
    """The one audience of the whole company, made by the first migration and never again: read once a process."""
    return Audience.objects.values_list("id", flat=True).get(kind=Audience.Kind.COMPANY)


@transaction.atomic
def create_audience(*, kind: str, is_open: bool = False) -> Audience:
    return Audience.objects.create(kind=kind, is_open=is_open)


@transaction.atomic
def let_in(*, person_id: int, audience_id: int, until: datetime | None = None) -> None:
    """`until`: the last moment, for who comes for a time. Said again, it replaces what was said."""
    before = AudienceMember.objects.filter(person_id=person_id, audience_id=audience_id).first()
    if before is None or before.until != until:
        AudienceMember.objects.update_or_create(
            person_id=person_id, audience_id=audience_id, defaults={"until": until}
        )
        events.publish(AccessChanged(person_id=person_id))


@transaction.atomic
def let_out(*, person_id: int, audience_id: int) -> None:
    deleted, _ = AudienceMember.objects.filter(person_id=person_id, audience_id=audience_id).delete()
    if deleted:
        events.publish(AccessChanged(person_id=person_id))


@transaction.atomic
def open_or_close(*, audience_id: int, is_open: bool) -> None:
    """Opening widens what everybody sees; closing narrows it. Everybody's live connections are rechecked."""
    if Audience.objects.filter(pk=audience_id).exclude(is_open=is_open).update(is_open=is_open):
        events.publish(AccessChanged(person_id=None))


@transaction.atomic
def close_to_writing(*, audience_id: int, is_closed: bool) -> None:
    """What stands there stays readable; `is_open_to_writing` then says no to whatever would add or change."""
    closed_at = timezone.now() if is_closed else None
    Audience.objects.filter(pk=audience_id, closed_at__isnull=is_closed).update(closed_at=closed_at)


def is_open_to_writing(audience_id: int) -> bool:
    """One query. Within an action, after the audience's row was locked where two acts must take turns."""
    return Audience.objects.filter(pk=audience_id, closed_at__isnull=True).exists()
