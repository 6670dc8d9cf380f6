"""What administrators set for all communities."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.events import PolicyChanged
from parvis.communities.models import Policy
from parvis.kernel import events
from parvis.people.models import Person


@transaction.atomic
def change_policy(*, by: Person, founders: str, may_be_secret: bool) -> Policy:
    """Who may found, and whether a community may be secret. What exists stays as it is. Raises PermissionDenied,
    ValidationError."""
    if not may.may_set_policy(by):
        raise PermissionDenied
    if founders not in Policy.Founders.values:
        raise ValidationError({"founders": _("Choisissez qui peut fonder.")})
    said = {"founders": founders, "may_be_secret": may_be_secret, "changed_at": timezone.now(), "changed_by": by}
    changed, _new = Policy.objects.update_or_create(pk=1, defaults=said)
    events.publish(PolicyChanged(by_id=by.pk))
    return changed
