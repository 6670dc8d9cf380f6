"""From the birth contract to the opening: a second person animates by their own act, then one of them opens."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.founding import set_open
from parvis.communities.actions.inviting import out_of_reach, send_invitation
from parvis.communities.events import InvitationDeclined
from parvis.communities.models import Community, Invitation
from parvis.communities.standing import animators
from parvis.kernel import events
from parvis.kernel.french import of_name
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.people.ties import keeps_away


@transaction.atomic
def ask_second_animator(*, by: Person, person: Person, community: Community) -> Invitation:
    """Whoever founds asks a colleague to animate with them. Coming in is the colleague's own act; declining leaves no
    trace, and another may be asked. Raises CharterNeeded, PermissionDenied, ValidationError."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community) or not community.is_in_preparation:
        raise PermissionDenied
    if person.pk == by.pk:
        raise ValidationError({"second": _("Vous l’animez déjà : choisissez une autre personne.")})
    if keeps_away(person=person, by=by):
        raise out_of_reach()
    if person.is_guest or not person.is_active or person.activated_at is None:
        raise ValidationError({"second": _("%(name)s ne peut pas animer cette communauté.") % {"name": person.name}})
    refuse_same_unit(community, by, person)
    return send_invitation(by=by, person=person, community=community, may_renew=True, is_to_animate=True)


@transaction.atomic
def withdraw_invitation_to_animate(*, by: Person, person: Person, community: Community) -> None:
    """Another will be asked: the invitation that was not answered is gone."""
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    pending = Invitation.objects.pending().filter(community=community, person=person, is_to_animate=True)
    deleted, _rows = pending.delete()
    if deleted:
        events.publish(InvitationDeclined(community.pk, person.pk))


@transaction.atomic
def open_community(*, by: Person, community: Community) -> Community:
    """It begins: who may read it, reads; who may come in, comes. Again: nothing. Raises CharterNeeded,
    PermissionDenied, ValidationError saying what is missing."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    if not community.is_in_preparation:
        return community
    missing = may.missing_to_open(community)
    if missing == "animator":
        raise ValidationError(
            _("Il faut deux personnes pour animer : la communauté ouvre dès qu’une deuxième a accepté.")
        )
    if missing == "unit":
        raise ValidationError(
            _(
                "Une communauté transverse est animée par des personnes de deux équipes différentes, que connaît "
                "l’annuaire."
            )
        )
    set_open(community)
    by.forget_scope()
    return community


def refuse_same_unit(community: Community, by: Person, person: Person) -> None:
    """A community across the company is animated from two units of it."""
    if community.kind != Community.Kind.CROSS_COMPANY:
        return
    units = {animator.person.unit for animator in animators().filter(community=community).select_related("person")}
    if len(units - {""}) > 1:
        return
    if not by.unit or not person.unit:
        name = person.name if by.unit else by.name
        raise ValidationError(
            {
                "second": _(
                    "Une communauté transverse est animée depuis deux équipes, et l’annuaire ne dit pas celle "
                    "%(of_name)s. Choisissez une autre personne, ou un autre genre."
                )
                % {"of_name": of_name(name)}
            }
        )
    if by.unit == person.unit:
        raise ValidationError(
            {
                "second": _(
                    "Une communauté transverse est animée depuis deux équipes : %(name)s est de la même que vous."
                )
                % {"name": person.name}
            }
        )
