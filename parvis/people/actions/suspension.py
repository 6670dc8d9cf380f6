"""Suspending and readmitting."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from parvis.kernel import events
from parvis.people import rules
from parvis.people.actions.coming_in import withdraw_passes
from parvis.people.actions.sessions import CLOSED_BY_SUSPENSION, sign_out_everywhere
from parvis.people.events import (
    Readmitted,
    Suspended,
)
from parvis.people.models import Person


@transaction.atomic
def suspend(*, person: Person, by: Person | None) -> None:
    """Closes everything at once; nothing of what the person wrote is touched. `by` is None for an import."""
    if by is not None and not rules.may_suspend(by, person):
        raise PermissionDenied
    now = timezone.now()
    if not Person.objects.filter(pk=person.pk, suspended_at__isnull=True).update(suspended_at=now):
        return
    person.suspended_at = now
    withdraw_passes(person)
    sign_out_everywhere(person=person, why=CLOSED_BY_SUSPENSION)
    events.publish(Suspended(person_id=person.pk))


@transaction.atomic
def readmit(*, person: Person, by: Person | None) -> None:
    if by is not None and not rules.may_give_access(by, person):
        raise PermissionDenied
    if Person.objects.filter(pk=person.pk, suspended_at__isnull=False).update(suspended_at=None):
        person.suspended_at = None
        events.publish(Readmitted(person_id=person.pk))
