"""Inviting somebody, for as long as a guest stays; and what the invited answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities import stays
from parvis.communities.actions.entering import lock
from parvis.communities.actions.wording import one_line
from parvis.communities.events import InvitationDeclined, InvitationReconsidered, InvitationWithdrawn, Invited
from parvis.communities.models import Community, Invitation, Membership, Removal
from parvis.communities.standing import ASK_AGAIN_AFTER, colleagues, standing_of
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.people.ties import keeps_away


@transaction.atomic
def invite(
    *,
    by: Person,
    person: Person,
    community: Community,
    word: str = "",
    ends_on: date | None = None,
    sponsor: Person | None = None,
) -> Invitation:
    """One invitation, that the person accepts or declines. Raises CharterNeeded, PermissionDenied, ValidationError.

    `ends_on` and `sponsor` are of a guest: the last day (six months from now when nothing is said) and the colleague,
    a member, who answers for them (whoever invites, when nobody is named).

    It may be renewed for somebody who came in and went out again, and, by an animator, for somebody who declined
    long enough ago or was taken out.
    """
    must_have_agreed(by)
    community = lock(community)
    standing = standing_of(by, community)
    if not may.may_be_invited_by(standing, person):
        raise PermissionDenied
    if keeps_away(person=person, by=by):
        raise out_of_reach()
    if Removal.objects.filter(community=community, person=person).exists() and not standing.may_animate:
        raise ValidationError(_("Seule l’animation de la communauté peut inviter cette personne."))
    return send_invitation(
        by=by,
        person=person,
        community=community,
        may_renew=standing.may_animate,
        word=word,
        stay=stay_for(person, by=by, community=community, ends_on=ends_on, sponsor=sponsor),
    )


def out_of_reach() -> ValidationError:
    """The same words whatever the reason."""
    return ValidationError(_("Cette personne ne peut pas être jointe."))


@dataclass(frozen=True)
class Stay:
    """Of a guest who is invited: the last day, the moment it ends, who answers for them."""

    ends_on: date
    ends_at: datetime
    sponsor: Person


def stay_for(
    person: Person, *, by: Person, community: Community, ends_on: date | None, sponsor: Person | None
) -> Stay | None:
    """None for a colleague, who stays as long as they like. Raises ValidationError naming the field."""
    if not person.is_guest:
        return None
    day = stays.checked(ends_on, person)
    return Stay(day, stays.last_moment(day, person), may_sponsor(sponsor or by, community))


def may_sponsor(person: Person, community: Community) -> Person:
    """A colleague who is a member here answers for a guest. Raises ValidationError."""
    if not colleagues().filter(community=community, person=person).exists():
        raise ValidationError({"sponsor": _("Qui répond d’une personne invitée est membre de la communauté.")})
    return person


def send_invitation(
    *,
    by: Person,
    person: Person,
    community: Community,
    may_renew: bool,
    is_to_animate: bool = False,
    word: str = "",
    stay: Stay | None = None,
) -> Invitation:
    """What inviting writes. Called within an action that asked its rule. A guest may be invited who has not come in
    yet: the way in was sent by whoever brings them."""
    if not person.is_active or (person.activated_at is None and stay is None):
        raise ValidationError(_("%(name)s n’a pas encore rejoint Parvis.") % {"name": person.name})
    if Membership.objects.current().filter(community=community, person=person).exists():
        raise ValidationError(_("%(name)s est déjà membre.") % {"name": person.name})

    said: dict[str, Any] = {"word": one_line(word, field="word", most=280)}
    if stay is not None:
        said |= {"ends_on": stay.ends_on, "ends_at": stay.ends_at, "sponsor": stay.sponsor}
    invitation, is_new = Invitation.objects.select_for_update(of=("self",)).get_or_create(
        community=community, person=person, defaults={"invited_by": by, "is_to_animate": is_to_animate, **said}
    )
    if not is_new:
        is_pending = invitation.accepted_at is None and invitation.declined_at is None
        has_ended = invitation.ends_at is not None and invitation.ends_at <= timezone.now()
        if is_pending and not has_ended and stay is not None:
            # Until they come in, those who animate may say anew for how long, and who answers for them.
            _say(invitation, said)
            return invitation
        is_same = invitation.invited_by == by and invitation.is_to_animate == is_to_animate
        if is_pending and is_same and not has_ended:
            return invitation
        is_renewed = _may_be_renewed(invitation, may_renew=may_renew) or (is_pending and is_to_animate)
        if invitation.accepted_at is None and not is_renewed and not (is_pending and has_ended):
            raise ValidationError(_("%(name)s a déjà reçu une invitation.") % {"name": person.name})
        _say(invitation, said)
        invitation.invited_by, invitation.invited_at, invitation.group_name = by, timezone.now(), ""
        invitation.accepted_at = invitation.declined_at = None
        invitation.is_to_animate = is_to_animate
        invitation.save()
    Removal.objects.filter(community=community, person=person).delete()
    events.publish(Invited(community.pk, person.pk, by_id=by.pk))
    return invitation


def _say(invitation: Invitation, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(invitation, name, value)
    invitation.save()


def _may_be_renewed(invitation: Invitation, *, may_renew: bool) -> bool:
    declined_at = invitation.declined_at
    return may_renew and declined_at is not None and declined_at < timezone.now() - ASK_AGAIN_AFTER


@transaction.atomic
def withdraw_invitation(*, by: Person, invitation: Invitation) -> None:
    """Those who animate, or who invited, take back what was not answered. The invited are not told."""
    if invitation.invited_by_id != by.pk and not may.may_animate(by, invitation.community):
        raise PermissionDenied
    if Invitation.objects.pending().filter(pk=invitation.pk).delete()[0]:
        events.publish(InvitationWithdrawn(invitation.community_id, invitation.person_id, by_id=by.pk))


@transaction.atomic
def decline_invitation(*, person: Person, community: Community) -> None:
    """Says no, which nobody is told but who asks. Again, or after coming in: nothing."""
    declined = (
        Invitation.objects.pending().filter(community=community, person=person).update(declined_at=timezone.now())
    )
    if declined:
        events.publish(InvitationDeclined(community.pk, person.pk))


@transaction.atomic
def reconsider_invitation(*, person: Person, community: Community) -> None:
    """Takes back a no that was said a moment ago: the invitation waits again."""
    here = Invitation.objects.answerable().filter(community=community, person=person)
    waits = here.filter(declined_at__isnull=False).update(declined_at=None)
    if waits:
        events.publish(InvitationReconsidered(community.pk, person.pk))
