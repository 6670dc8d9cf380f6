"""Who may do what with what people say of each other."""

from parvis.communities.models import Membership
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
