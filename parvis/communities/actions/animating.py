"""What those who animate do: settings, sharing and handing over the work, taking somebody out."""

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.founding import keep_under_a_free_name, refuse_access, way_in_for
from parvis.communities.actions.fronts import dress, move_picture
from parvis.communities.actions.groups import unlink_all_groups
from parvis.communities.actions.inviting import send_invitation
from parvis.communities.actions.leaving import go_out, refuse_to_leave_others_alone
from parvis.communities.actions.wording import one_line, refuse_archived
from parvis.communities.events import AnimatorsChanged, CommunityChanged, Left
from parvis.communities.looks import is_hue, is_icon
from parvis.communities.models import HIDDEN, Community, Follow, Invitation, Membership, Removal
from parvis.kernel import events
from parvis.kernel.audiences.actions import open_or_close
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.people.ties import keeps_away

_log = structlog.get_logger()


@transaction.atomic
def change_settings(
    *,
    by: Person,
    community: Community,
    name: str,
    purpose: str,
    rules: str,
    kind: str,
    icon: str,
    hue: int,
    access: str,
    way_in: str = "",
    talk: str | None = None,
    shows_rules: bool | None = None,
    welcome: str | None = None,
    landing: str | None = None,
    colour: str | None = None,
    based_on: str = "",
) -> Community:
    """What is None stays as it is. Raises CharterNeeded, PermissionDenied, ValidationError naming the field.

    `based_on` is the mark of the settings that the form was opened on: two animators do not undo each other unseen.

    A community may always become more closed. It opens only while nobody else came in and nothing was written:
    those who wrote were told who reads.
    """
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    if kind not in Community.Kind.values:
        raise ValidationError({"kind": _("Choisissez un genre de communauté.")})
    refuse_access(access, was=community.access)
    refuse_archived(community)
    if may.is_wider(access, than=community.access) and not may.may_open_up(community):
        raise ValidationError(
            {
                "access": _(
                    "On ne peut plus l’ouvrir davantage : des personnes sont entrées, ou ont écrit, en sachant "
                    "qui lirait. Fondez plutôt une communauté plus ouverte et invitez-les."
                )
            }
        )
    hides = access in HIDDEN and not community.is_hidden
    closes = community.access == Community.Access.OPEN != access
    before = community.settings_mark

    community.name = one_line(name, field="name", most=90, least=2)
    community.purpose = one_line(purpose, field="purpose", most=280, least=2)
    community.rules = one_line(rules, field="rules", most=280)
    community.kind, community.access = kind, access
    community.way_in = way_in_for(access, way_in or community.way_in)
    community.icon = icon if is_icon(icon) else community.icon
    community.hue = hue if is_hue(hue) else community.hue
    dress(community, talk=talk, shows_rules=shows_rules, welcome=welcome, landing=landing, colour=colour)
    if based_on and before not in (based_on, community.settings_mark):
        raise ValidationError(
            _(
                "Ces réglages ont été changés entre-temps, dans un autre onglet ou par quelqu’un d’autre. Les vôtres "
                "sont gardés ci-dessous : enregistrez encore pour qu’ils remplacent les autres."
            )
        )
    if hides:
        # Its former address would tell those outside that something is there.
        community.slug = ""
    keep_under_a_free_name(community)
    if closes:
        Follow.objects.filter(community=community).delete()
    is_open = access == Community.Access.OPEN and not community.is_in_preparation
    open_or_close(audience_id=community.audience_id, is_open=is_open)
    if community.is_secret:
        unlink_all_groups(community)
    move_picture(community)
    by.forget_scope()
    events.publish(CommunityChanged(community.pk))
    return community


@transaction.atomic
def make_animator(*, by: Person, person: Person, community: Community) -> None:
    """A member animates too. A guest never does."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    member = Membership.objects.filter(community=community, person=person).first()
    if member is None or person.is_guest or not person.is_active:
        raise ValidationError(_("Pour animer, il faut être membre de la communauté et de l’entreprise."))
    if member.role == Membership.Role.ANIMATOR:
        return
    _set_role(member, Membership.Role.ANIMATOR)
    events.publish(AnimatorsChanged(community.pk, person.pk, by_id=by.pk))


@transaction.atomic
def step_down(*, person: Person, community: Community) -> None:
    """Stays a member, animates no more. Not by the last one while others are there."""
    community = lock(community)
    member = Membership.objects.filter(community=community, person=person).first()
    if member is None or member.role != Membership.Role.ANIMATOR:
        return
    refuse_to_leave_others_alone(community, person)
    _set_role(member, Membership.Role.MEMBER)
    events.publish(AnimatorsChanged(community.pk, person.pk, by_id=person.pk))


@transaction.atomic
def hand_over(*, by: Person, person: Person, community: Community) -> None:
    """Another member animates in one's place."""
    make_animator(by=by, person=person, community=community)
    if by.pk != person.pk:
        step_down(person=by, community=community)


@transaction.atomic
def take_up(*, person: Person, community: Community) -> None:
    """Nobody animates any more (the last one left the company): a member takes it up."""
    must_have_agreed(person)
    community = lock(community)
    if may.may_animate(person, community):
        return
    if not may.may_take_up(person, community):
        raise PermissionDenied
    _set_role(Membership.objects.get(community=community, person=person), Membership.Role.ANIMATOR)
    events.publish(AnimatorsChanged(community.pk, person.pk, by_id=person.pk))


@transaction.atomic
def offer_animation(*, by: Person, person: Person, community: Community) -> Invitation:
    """An administrator invites a colleague to animate what nobody animates any more. Raises CharterNeeded,
    PermissionDenied, ValidationError.

    The invitation stays with who sent it and when, as does the structured line that is logged. Whoever was taken out
    by the animators of then is not brought back this way.
    """
    must_have_agreed(by)
    community = lock(community)
    if not may.may_offer_animation(by, community):
        raise PermissionDenied
    if person.pk == by.pk:
        raise ValidationError(_("Administrer n’ouvre aucune communauté : proposez-la à quelqu’un d’autre."))
    # In the same words: an administrator learns neither who was taken out, nor who keeps away from them.
    was_taken_out = Removal.objects.filter(community=community, person=person).exists()
    if person.is_guest or was_taken_out or keeps_away(person=person, by=by):
        raise ValidationError(_("Cette personne ne peut pas être jointe."))
    invitation = send_invitation(by=by, person=person, community=community, may_renew=True, is_to_animate=True)
    _log.info("animation_offered", by=by.pk, person=person.pk, community=community.pk)
    return invitation


@transaction.atomic
def let_go(*, by: Person, person: Person, community: Community, reason: str) -> None:
    """Takes a member out and tells them why. They come back only by an animator's invitation."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community) or by.pk == person.pk:
        raise PermissionDenied
    member = Membership.objects.filter(community=community, person=person).first()
    if member is None:
        return
    if member.role == Membership.Role.ANIMATOR:
        raise ValidationError(_("%(name)s anime aussi cette communauté : parlez-en ensemble.") % {"name": person.name})
    reason = one_line(reason, field="reason", most=280, least=2)
    go_out(person=person, community=community)
    Removal.objects.update_or_create(
        community=community,
        person=person,
        defaults={"removed_by": by, "reason": reason, "read_at": None, "community_name": community.name},
    )
    events.publish(Left(community.pk, person.pk, by_id=by.pk, reason=reason))


def _set_role(member: Membership, role: Membership.Role) -> None:
    member.role = role
    member.save(update_fields=["role"])
