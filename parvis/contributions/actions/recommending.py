"""Passing on what others wrote, where it may be of use."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from parvis.communities import actions as communities
from parvis.contributions import rules
from parvis.contributions.actions.writing import write
from parvis.contributions.events import Published, Recommended
from parvis.contributions.lines import RECOMMENDATION
from parvis.contributions.models import Contribution
from parvis.contributions.writing import written
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed


@transaction.atomic
def recommend(*, author: Person, original: Contribution, audience_id: int, text: str) -> tuple[Contribution, bool]:
    """A word of one's own, under which those who may read the original find it: nobody else learns anything of it.

    The caller's module has asked whether the author may publish there. Gives the recommendation and whether it is new:
    one for each person and place. Raises PermissionDenied, ValidationError naming the field.
    """
    must_have_agreed(author)
    # The place's turn first, as for whatever writes there (merging.py).
    communities.take_turn_to_write(audience_id=audience_id, person=author, field="audience")
    # Locked, so that of two clicks the second finds the first. No constraint says it: a merge may bring two together.
    original = Contribution.objects.select_for_update().get(pk=original.pk)
    if not rules.may_recommend(author, original) or audience_id == original.audience_id:
        raise PermissionDenied
    if not author.scope().covers(audience_id):
        raise PermissionDenied
    here = Contribution.objects.filter(about=original, audience_id=audience_id, author=author)
    before = here.filter(deleted_at__isnull=True).first()
    if before is not None:
        return before, False
    made = write(
        words=written(title="", text=text, scope=author.scope()),
        author=author,
        audience_id=audience_id,
        kind=RECOMMENDATION,
        about=original,
    )
    communities.note_exchange(audience_id=audience_id, at=made.published_at)
    events.publish(Published(made.pk, audience_id, author.pk, RECOMMENDATION))
    events.publish(Recommended(made.pk, original.pk, audience_id, author.pk))
    return made, True
