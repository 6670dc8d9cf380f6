"""Who may do what with a contribution. Pure questions: no writes, no HTTP."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities.models import Community
from parvis.contributions.lines import RECOMMENDATION
from parvis.contributions.models import Contribution
from parvis.kernel.audiences.actions import is_open_to_writing
from parvis.people.models import Person

# A deletion can be undone for a day by whoever made it.
UNDO_FOR = timedelta(hours=24)


def may_read(person: Person, contribution: Contribution) -> bool:
    return contribution.deleted_at is None and person.scope().covers(contribution.audience_id)


def may_answer(person: Person, contribution: Contribution) -> bool:
    """Comment and react: whoever may read it, as long as one writes there (not in an archive)."""
    return may_read(person, contribution) and is_open_to_writing(contribution.audience_id)


def why_not(person: Person, contribution: Contribution) -> str:
    """What to say to who reads and may not answer; nothing to who does not read."""
    if may_read(person, contribution) and not is_open_to_writing(contribution.audience_id):
        return _("C’est une archive : on la lit comme avant, et plus rien ne s’y ajoute.")
    return ""


def may_edit(person: Person, contribution: Contribution) -> bool:
    """Its author, as long as they still read there, and one writes there."""
    return contribution.author_id == person.pk and may_answer(person, contribution)


def may_delete(person: Person, contribution: Contribution) -> bool:
    """Its author, also in an archive: one may always take back one's words. Animators remove through `moderation`,
    with a reason."""
    return contribution.author_id == person.pk and may_read(person, contribution)


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
    return may_read(person, contribution)


def may_follow_topics(person: Person) -> bool:
    """Colleagues follow; a guest reads where they were invited, and follows nothing."""
    return not person.is_guest
