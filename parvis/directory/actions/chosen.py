"""At most five of one's contributions, shown on one's profile in one's own order."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from parvis.contributions.models import Contribution
from parvis.directory import rules
from parvis.directory.models import MOST_CHOSEN, ChosenContribution
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed


class FiveAreShown(Exception):
    """A sixth is shown when one of them is given up."""


@transaction.atomic
def show(
    *, person: Person, contribution: Contribution, place: int | None = None, instead_of: int | None = None
) -> None:
    """Shown on one's profile: last, or at `place` (0 is the first). Again: moved there, or nothing.

    `instead_of`: the id of the one it replaces, whose place it takes. Raises PermissionDenied, FiveAreShown.
    """
    must_have_agreed(person)
    if not rules.may_show(person, contribution):
        raise PermissionDenied
    ids = _locked(person)
    if contribution.pk in ids:
        if place is None:
            return
        ids.remove(contribution.pk)
    elif instead_of in ids:
        place = ids.index(instead_of)
        ids.remove(instead_of)
    if len(ids) >= MOST_CHOSEN:
        # What one no longer reads (deleted, moved out of sight) makes room: nobody sees it any more.
        read = Contribution.objects.visible_to(person.scope()).filter(pk__in=ids).values_list("pk", flat=True)
        ids = [pk for pk in ids if pk in set(read)]
    if len(ids) >= MOST_CHOSEN:
        raise FiveAreShown
    at = len(ids) if place is None else max(0, min(place, len(ids)))
    _keep(person, [*ids[:at], contribution.pk, *ids[at:]])


@transaction.atomic
def show_no_longer(*, person: Person, contribution_id: int) -> int | None:
    """Gives the place it had; None when it had none."""
    ids = _locked(person)
    if contribution_id not in ids:
        return None
    at = ids.index(contribution_id)
    _keep(person, [pk for pk in ids if pk != contribution_id])
    return at


def _locked(person: Person) -> list[int]:
    """Those shown, in order. The person's row is locked: two tabs take turns."""
    Person.objects.select_for_update().filter(pk=person.pk).first()
    rows = ChosenContribution.objects.filter(person=person).order_by("position", "pk")
    return list(rows.values_list("contribution_id", flat=True))


def _keep(person: Person, ids: Sequence[int]) -> None:
    ChosenContribution.objects.filter(person=person).exclude(contribution__in=ids).delete()
    for position, pk in enumerate(ids):
        ChosenContribution.objects.update_or_create(person=person, contribution_id=pk, defaults={"position": position})
