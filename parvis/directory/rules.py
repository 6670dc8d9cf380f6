"""Who may do what with what people say of each other."""

from parvis.communities.models import Community, Membership
from parvis.contributions.models import Contribution
from parvis.people.models import Person


def may_see_the_skills(person: Person) -> bool:
    """The list as a whole holds the words of the company: a guest only meets those of the people they see."""
    return not person.is_guest


def may_tend_skills(person: Person) -> bool:
    """To merge skills and to name them: whoever animates a community, and administrators. One query at most."""
    if person.is_guest or not person.is_active:
        return False
    if person.is_administrator:
        return True
    return Membership.objects.filter(person=person, role=Membership.Role.ANIMATOR).exists()


def may_show(person: Person, contribution: Contribution) -> bool:
    """On one's profile: a publication of one's own that one may read; nothing of a secret community, which leaves no
    trace. One query."""
    if contribution.author_id != person.pk or contribution.family != Contribution.Family.PUBLICATION:
        return False
    if contribution.deleted_at is not None or not person.scope().covers(contribution.audience_id):
        return False
    secret = Community.objects.filter(audience=contribution.audience_id, access=Community.Access.SECRET)
    return not secret.exists()
