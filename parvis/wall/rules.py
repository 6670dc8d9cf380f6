"""Who may publish where. Reading is the scope's affair."""

from parvis.communities.models import Community
from parvis.communities.rules import may_publish as may_publish_in_community
from parvis.kernel.audiences.models import Audience
from parvis.people.models import Person


def may_publish(person: Person, audience_id: int) -> bool:
    """On the company's wall, everybody of the company; in a community, its members. Nowhere else."""
    if not person.is_active or not person.scope().covers(audience_id):
        return False
    if Audience.objects.filter(pk=audience_id, kind=Audience.Kind.COMPANY).exists():
        return not person.is_guest
    community = Community.objects.filter(audience_id=audience_id).first()
    return community is not None and may_publish_in_community(person, community)
