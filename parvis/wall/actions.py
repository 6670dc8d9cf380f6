"""What a person does on a wall: publish an information, recommend what others wrote."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.wall import rules

INFORMATION = "information"


@transaction.atomic
def publish(*, author: Person, audience_id: int, text: str, title: str = "") -> Contribution:
    """Raises PermissionDenied, ValidationError naming the field, CharterNeeded."""
    must_have_agreed(author)
    if not rules.may_publish(author, audience_id):
        raise PermissionDenied
    return contributions.publish(author=author, audience_id=audience_id, kind=INFORMATION, text=text, title=title)


@transaction.atomic
def recommend(*, author: Person, original: Contribution, audience_id: int, text: str) -> tuple[Contribution, bool]:
    """Gives the recommendation and whether it is new. Raises PermissionDenied, ValidationError, CharterNeeded."""
    must_have_agreed(author)
    if not rules.may_publish(author, audience_id):
        raise PermissionDenied
    return contributions.recommend(author=author, original=original, audience_id=audience_id, text=text)
