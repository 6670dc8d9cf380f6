"""Reporting, deciding, removing. A decision always carries a reason, told to both sides."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.contributions.actions import put_out_of_sight
from parvis.contributions.models import Contribution
from parvis.kernel import events
from parvis.kernel.richtext import clean
from parvis.moderation import rules
from parvis.moderation.events import Removed, ReportDecided, Reported
from parvis.moderation.models import Removal, Report
from parvis.people.models import Person


@transaction.atomic
def report(*, by: Person, contribution: Contribution, reason: str, word: str = "") -> Report:
    """One open report a person and contribution: the same again changes its words. The charter is not asked: whoever
    reads may warn. Raises PermissionDenied, ValidationError."""
    if not rules.may_report(by, contribution):
        raise PermissionDenied
    if reason not in Report.Reason.values:
        raise ValidationError({"reason": _("Choisissez une raison.")})
    found, is_new = Report.objects.update_or_create(
        contribution=contribution,
        reporter=by,
        decided_at=None,
        defaults={"reason": reason, "word": clean(word)[:500], "audience_id": contribution.audience_id},
    )
    if is_new:
        events.publish(Reported(found.pk, contribution.pk, contribution.audience_id))
    return found


@transaction.atomic
def keep(*, by: Person, contribution: Contribution, reason: str) -> None:
    """The open reports about it are closed; it stays."""
    _decide(by, contribution, Report.Decision.KEPT, reason)


@transaction.atomic
def remove(*, by: Person, contribution: Contribution, reason: str) -> None:
    """Out of sight, with a reason for its author; the open reports about it are closed. Removing twice changes
    nothing. Raises PermissionDenied, ValidationError without a reason."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    _decide(by, contribution, Report.Decision.REMOVED, reason)
    if contribution.deleted_at is not None:
        return
    put_out_of_sight(contribution, by=by)
    Removal.objects.update_or_create(
        contribution=contribution,
        defaults={"removed_by": by, "reason": clean(reason)[:500], "removed_at": timezone.now()},
    )
    events.publish(Removed(contribution.pk, contribution.audience_id, contribution.author_id, by.pk))


def _decide(by: Person, contribution: Contribution, decision: Report.Decision, reason: str) -> None:
    if not rules.may_moderate(by, contribution.audience_id):
        raise PermissionDenied
    reason = clean(reason)
    if not reason:
        raise ValidationError({"reason": _("Donnez la raison : elle sera lue par les deux personnes.")})
    decided = Report.objects.filter(contribution=contribution, decided_at__isnull=True).update(
        decided_at=timezone.now(), decided_by=by, decision=decision, decision_reason=reason[:500]
    )
    if decided:
        events.publish(ReportDecided(contribution.pk, contribution.audience_id, decision, by.pk))


@transaction.atomic
def acknowledge(*, person: Person, removal: Removal) -> None:
    """The author has read why."""
    Removal.objects.filter(pk=removal.pk, contribution__author=person, seen_by_author_at__isnull=True).update(
        seen_by_author_at=timezone.now()
    )


@transaction.atomic
def follow_threads(*, root_ids: Collection[int], audience_id: int) -> None:
    """Threads moved: what was reported in them is read where they stand. No event: it follows from the move's own."""
    ids = list(root_ids)
    about = Q(contribution__in=ids) | Q(contribution__root__in=ids)
    Report.objects.filter(about, decided_at__isnull=True).update(audience=audience_id)
