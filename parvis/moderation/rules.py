"""Who may report, and who decides."""

from parvis.communities.models import Community, Membership
from parvis.contributions.models import Contribution
from parvis.contributions.rules import may_answer
from parvis.kernel.audiences.models import Audience
from parvis.people.models import Person


def may_report(person: Person, contribution: Contribution) -> bool:
    """Whoever reads it, except its author."""
    return may_answer(person, contribution) and contribution.author_id != person.pk


def may_moderate(person: Person, audience_id: int) -> bool:
    """A community's animators; on the company's wall, administrators. Being an administrator opens no community."""
    if not person.is_active or not person.scope().covers(audience_id):
        return False
    community = Community.objects.filter(audience_id=audience_id).first()
    if community is not None:
        return Membership.objects.filter(community=community, person=person, role=Membership.Role.ANIMATOR).exists()
    return person.is_administrator and Audience.objects.filter(pk=audience_id, kind=Audience.Kind.COMPANY).exists()
