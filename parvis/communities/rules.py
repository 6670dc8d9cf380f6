"""Who may do what in a community. Default deny; docs/glossary.md says it in words."""

from django.utils import timezone

from parvis.communities.leading import lead_of, may_say
from parvis.communities.models import UNDO_FOR, Community, GroupRight, Membership, Policy, ProjectState
from parvis.communities.policy import policy
from parvis.communities.standing import Standing, animators, colleagues, standing_of
from parvis.people.models import Person

# From the widest to the narrowest.
_WIDTHS = [access.value for access in Community.Access]

# Of the birth contract; of a transverse community, from as many units.
ANIMATORS_TO_OPEN = 2

# How one comes in, unless those who found it say otherwise.
WAY_IN_OF_ACCESS = {
    Community.Access.OPEN.value: Community.WayIn.FREE,
    Community.Access.ON_REQUEST.value: Community.WayIn.ON_REQUEST,
    Community.Access.PRIVATE.value: Community.WayIn.INVITATION,
    Community.Access.SECRET.value: Community.WayIn.INVITATION,
}

# What may be chosen instead: whoever reads nothing cannot come in freely.
_WAY = Community.WayIn
WAYS_IN: dict[str, tuple[str, ...]] = {
    Community.Access.OPEN.value: (_WAY.FREE.value, _WAY.ON_REQUEST.value, _WAY.INVITATION.value),
    Community.Access.ON_REQUEST.value: (_WAY.ON_REQUEST.value, _WAY.INVITATION.value),
    Community.Access.PRIVATE.value: (_WAY.INVITATION.value,),
    Community.Access.SECRET.value: (_WAY.INVITATION.value,),
}


def may_found(person: Person) -> bool:
    """As the company's policy says. One query."""
    if not person.is_active or person.is_guest:
        return False
    founders = policy().founders
    if founders == Policy.Founders.EVERYBODY or person.is_administrator:
        return True
    animates = Membership.objects.filter(person=person, role=Membership.Role.ANIMATOR)
    return founders == Policy.Founders.ANIMATORS and animates.exists()


def may_set_policy(person: Person) -> bool:
    return person.is_administrator and person.is_active


def may_be(access: str, *, was: str = "") -> bool:
    """Whether the company allows it. What is secret already stays so when the policy changes."""
    return access != Community.Access.SECRET or was == access or policy().may_be_secret


def may_archive(person: Person, community: Community) -> bool:
    standing = standing_of(person, community)
    return standing.may_animate and not standing.is_archived and not standing.is_in_preparation


def missing_to_open(community: Community) -> str:
    """What the birth contract still wants: "animator", "unit" (of a transverse one), or nothing. One query."""
    units = list(animators().filter(community=community).values_list("person__unit", flat=True))
    if len(units) < ANIMATORS_TO_OPEN:
        return "animator"
    if community.kind == Community.Kind.CROSS_COMPANY and len({*units} - {""}) < ANIMATORS_TO_OPEN:
        return "unit"
    return ""


def may_unarchive(person: Person, community: Community) -> bool:
    """Those who animate it, for as long as it can be undone. Of what was merged, the merge is undone instead."""
    return (
        community.archived_at is not None
        and community.merged_into_id is None
        and timezone.now() - community.archived_at < UNDO_FOR
        and standing_of(person, community).may_animate
    )


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


def may_say_where_we_are(person: Person, community: Community) -> bool:
    """Of a project: those who animate it, and who leads it."""
    state = ProjectState.objects.filter(pk=community.pk).first()
    return may_say(community, standing_of(person, community), lead_of(community, state), person)


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
    if person.is_guest or community.is_archived:
        return False
    if community.way_in == Community.WayIn.FREE and not community.is_in_preparation:
        return False
    if colleagues().filter(community=community).exclude(person=person).exists():
        return False
    return not GroupRight.objects.filter(gate__community=community).exclude(person=person).exists()


def may_be_invited_by(standing: Standing, person: Person) -> bool:
    """A guest comes in only by an animator."""
    return standing.may_invite and (standing.may_animate or not person.is_guest)


def may_bring_guests(person: Person, community: Community) -> bool:
    """Somebody from outside who is in no directory yet: those who animate, as the company's policy says."""
    if not may_animate(person, community):
        return False
    return person.is_administrator or policy().guest_hosts == Policy.GuestHosts.ANIMATORS


def may_change_stay(person: Person, member: Membership) -> bool:
    """Of a guest: those who animate, and the colleague who answers for them while a member."""
    standing = standing_of(person, member.community)
    is_sponsor = member.sponsor_id == person.pk and standing.is_member and standing.is_active
    return member.ends_at is not None and (standing.may_animate or is_sponsor)


def may_recommend(person: Person, community: Community) -> bool:
    """A member of the company, of what colleagues may find: nobody learns of a hidden one by a colleague's word."""
    standing = standing_of(person, community)
    is_found = not community.is_hidden and not standing.is_in_preparation and not standing.is_archived
    return is_found and standing.is_member and standing.is_active and not standing.is_guest


def is_wider(access: str, *, than: str) -> bool:
    return _WIDTHS.index(access) < _WIDTHS.index(than)


def may_open_up(community: Community) -> bool:
    """Only while nobody else came in and nothing was written: they were told who reads."""
    is_alone = Membership.objects.filter(community=community).count() <= 1
    return is_alone and community.last_exchange_at is None
