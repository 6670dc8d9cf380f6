"""Who may do what with a contribution. Pure questions: no writes, no HTTP."""

from datetime import timedelta

from django.utils import timezone

from parvis.communities.models import Community
from parvis.contributions.lines import RECOMMENDATION
from parvis.contributions.models import Contribution
from parvis.people.models import Person

# A deletion can be undone for a day by whoever made it.
UNDO_FOR = timedelta(hours=24)


def may_answer(person: Person, contribution: Contribution) -> bool:
    """Comment and react: whoever may read it."""
    return contribution.deleted_at is None and person.scope().covers(contribution.audience_id)


def may_edit(person: Person, contribution: Contribution) -> bool:
    """Its author, as long as they still read there."""
    return contribution.author_id == person.pk and may_answer(person, contribution)


def may_delete(person: Person, contribution: Contribution) -> bool:
    """Its author. Animators remove through `moderation`, with a reason."""
    return may_edit(person, contribution)


def may_restore(person: Person, contribution: Contribution) -> bool:
    """Whoever deleted it, within a day."""
    return (
        contribution.deleted_at is not None
        and contribution.deleted_by_id == person.pk
        and timezone.now() - contribution.deleted_at < UNDO_FOR
        and person.scope().covers(contribution.audience_id)
    )


def may_recommend(person: Person, contribution: Contribution) -> bool:
    """A publication, by whoever may read it, elsewhere; never what is said in a secret community. What is recommended
    is the original: a recommendation is not recommended in its turn."""
    if contribution.family != Contribution.Family.PUBLICATION or contribution.kind == RECOMMENDATION:
        return False
    if contribution.deleted_at is not None or not person.scope().covers(contribution.audience_id):
        return False
    secret = Community.objects.filter(audience=contribution.audience_id, access=Community.Access.SECRET)
    return person.is_active and not secret.exists()


def may_read_history(person: Person, contribution: Contribution) -> bool:
    return may_answer(person, contribution)
