"""Who may do what in a community. Default deny; docs/glossary.md says it in words."""

from parvis.communities.models import Community, GroupRight, Membership
from parvis.communities.standing import Standing, colleagues, standing_of
from parvis.people.models import Person

# From the widest to the narrowest.
_WIDTHS = [access.value for access in Community.Access]

# How one comes in, unless those who found it say otherwise.
WAY_IN_OF_ACCESS = {
    Community.Access.OPEN.value: Community.WayIn.FREE,
    Community.Access.ON_REQUEST.value: Community.WayIn.ON_REQUEST,
    Community.Access.PRIVATE.value: Community.WayIn.INVITATION,
    Community.Access.SECRET.value: Community.WayIn.INVITATION,
}


def may_found(person: Person) -> bool:
    return person.is_active and not person.is_guest


def may_find(person: Person, community: Community) -> bool:
    return Community.objects.visible_to(person.scope()).filter(pk=community.pk).exists()


def may_read(person: Person, community: Community) -> bool:
    return person.scope().covers(community.audience_id)


def may_publish(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_publish


def may_join(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_join


def may_ask(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_ask


def may_follow(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_follow


def may_animate(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_animate


def may_invite(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_invite


def may_take_up(person: Person, community: Community) -> bool:
    return standing_of(person, community).may_take_up


def may_offer_animation(person: Person, community: Community) -> bool:
    """An administrator, for what everybody finds and nobody animates. Of a private community they learn nothing."""
    return (
        person.is_administrator
        and person.is_active
        and not community.is_hidden
        and not standing_of(person, community).has_animator
    )


def closes_behind(person: Person, community: Community) -> bool:
    """Whether nobody of the company is left when this member goes, nor can come in to take it up."""
    if person.is_guest or community.access == Community.Access.OPEN:
        return False
    if colleagues().filter(community=community).exclude(person=person).exists():
        return False
    return not GroupRight.objects.filter(gate__community=community).exclude(person=person).exists()


def may_be_invited_by(standing: Standing, person: Person) -> bool:
    """A guest comes in only by an animator."""
    return standing.may_invite and (standing.may_animate or not person.is_guest)


def is_wider(access: str, *, than: str) -> bool:
    return _WIDTHS.index(access) < _WIDTHS.index(than)


def may_open_up(community: Community) -> bool:
    """Only while nobody else came in and nothing was written: they were told who reads."""
    is_alone = Membership.objects.filter(community=community).count() <= 1
    return is_alone and community.last_exchange_at is None
