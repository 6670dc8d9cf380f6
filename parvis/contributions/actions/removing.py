"""Taking back what was said, and putting it back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from parvis.contributions import rules
from parvis.contributions.actions.versions import raise_version, raise_what_recommends
from parvis.contributions.events import Deleted, Restored
from parvis.contributions.models import Contribution
from parvis.kernel import events
from parvis.people.models import Person


@transaction.atomic
def delete(*, by: Person, contribution: Contribution) -> None:
    """Out of sight at once; whoever did it can undo it for a day. Deleting twice is deleting once."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.deleted_at is not None:
        return
    if not rules.may_delete(by, contribution):
        raise PermissionDenied
    put_out_of_sight(contribution, by=by)


def put_out_of_sight(contribution: Contribution, *, by: Person) -> None:
    """For `delete` and for moderation's removal, which ask their own rule. Runs in the caller's transaction."""
    contribution.deleted_at, contribution.deleted_by = timezone.now(), by
    contribution.save(update_fields=["deleted_at", "deleted_by"])
    if contribution.root_id is not None:
        Contribution.objects.filter(pk=contribution.root_id).update(
            comment_count=F("comment_count") - 1, last_exchange_at=_last_exchange(contribution.root_id)
        )
    raise_version(contribution)
    raise_what_recommends(contribution)
    events.publish(Deleted(contribution.pk, contribution.root_id, contribution.audience_id, by.pk))


@transaction.atomic
def restore(*, by: Person, contribution: Contribution) -> None:
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.deleted_at is None:
        return
    if not rules.may_restore(by, contribution):
        raise PermissionDenied
    contribution.deleted_at = contribution.deleted_by = None
    contribution.save(update_fields=["deleted_at", "deleted_by"])
    if contribution.root_id is not None:
        Contribution.objects.filter(pk=contribution.root_id).update(
            comment_count=F("comment_count") + 1, last_exchange_at=_last_exchange(contribution.root_id)
        )
    raise_version(contribution)
    raise_what_recommends(contribution)
    events.publish(Restored(contribution.pk, contribution.root_id, contribution.audience_id))


def _last_exchange(root_id: int) -> datetime:
    """When a publication was last spoken of, by what is still there. A forum's order. One query."""
    there = Contribution.objects.filter(Q(pk=root_id) | Q(root=root_id, deleted_at__isnull=True))
    return there.aggregate(last=Max("published_at"))["last"]  # type: ignore[no-any-return]
