"""Who may let a directory group into a community."""

from parvis.communities.models import Community
from parvis.communities.rules import may_animate
from parvis.connect.models import Group
from parvis.people.models import Person


def may_see(person: Person, group: Group) -> bool:
    """The groups one is in; administrators, all of them: a group's name may say more than its people know."""
    return person.is_administrator or group.people.filter(pk=person.pk).exists()


def may_link(person: Person, group: Group, community: Community) -> bool:
    """Those who animate the community, for a group they may see. Being an administrator opens no community."""
    return may_animate(person, community) and may_see(person, group)
