"""What is done about guests: bringing one in, how long they stay and who answers for them, and the end."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities import stays
from parvis.communities.actions.entering import lock, tidy_at
from parvis.communities.actions.inviting import may_sponsor, send_invitation, stay_for
from parvis.communities.actions.leaving import go_out
from parvis.communities.events import StayChanged, StayEnded
from parvis.communities.models import Community, Invitation, Membership
from parvis.communities.standing import animators, colleagues
from parvis.kernel import events
from parvis.kernel.audiences.actions import let_in
from parvis.kernel.mail.actions import Written, post_written, write_letter
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.people.ties import keeps_away


@transaction.atomic
def bring_guest(
    *,
    by: Person,
    community: Community,
    name: str,
    mail: str,
    language: str,
    ends_on: date | None = None,
    sponsor: Person | None = None,
    word: str = "",
) -> Invitation:
    """Somebody from outside gets a letter with a way in, and an invitation that waits for them here. Somebody who is a
    guest already is simply invited. Raises CharterNeeded, PermissionDenied, ValidationError naming the field."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_bring_guests(by, community):
        raise PermissionDenied
    person = people.bring_in(by=by, name=name, mail=mail, language=language)
    if keeps_away(person=person, by=by):
        raise ValidationError(_("Cette personne ne peut pas être jointe."))
    stay = stay_for(person, by=by, community=community, ends_on=ends_on, sponsor=sponsor)
    return send_invitation(by=by, person=person, community=community, may_renew=True, word=word, stay=stay)


@transaction.atomic
def change_stay(
    *, by: Person, person: Person, community: Community, ends_on: date | None = None, sponsor: Person | None = None
) -> Membership:
    """Until when a guest stays, or who answers for them; what is not said stays as it is. Raises CharterNeeded,
    PermissionDenied, ValidationError naming the field."""
    must_have_agreed(by)
    member = _guest(person, lock(community))
    if not may.may_change_stay(by, member):
        raise PermissionDenied
    if sponsor is not None:
        member.sponsor = may_sponsor(sponsor, community)
    if ends_on is not None:
        member.ends_at = stays.last_moment(stays.checked(ends_on, person), person)
        member.reminded_at = member.let_end_at = None
        let_in(person_id=person.pk, audience_id=community.audience_id, until=member.ends_at)
        tidy_at(member, member.ends_at)
    member.save(update_fields=["sponsor", "ends_at", "reminded_at", "let_end_at"])
    events.publish(StayChanged(community.pk, person.pk, by_id=by.pk))
    return member


@transaction.atomic
def let_end(*, by: Person, person: Person, community: Community) -> None:
    """The end may come: nobody is asked about it any more."""
    member = _guest(person, lock(community))
    if not may.may_change_stay(by, member):
        raise PermissionDenied
    if member.let_end_at is None:
        member.let_end_at = timezone.now()
        member.save(update_fields=["let_end_at"])
        events.publish(StayChanged(community.pk, person.pk, by_id=by.pk))


@transaction.atomic
def end_stay(*, person: Person, community: Community) -> bool:
    """Takes away the rows of a stay whose last moment has passed: nothing was read by them since. False when it was
    prolonged meanwhile, or is over."""
    community = lock(community)
    over = Membership.objects.filter(community=community, person=person, ends_at__lte=timezone.now())
    if not over.exists():
        return False
    go_out(person=person, community=community)
    events.publish(StayEnded(community.pk, person.pk))
    return True


def remind_of_ends() -> int:
    """Once, fourteen days before a guest's last: to whoever answers for them, or to those who animate when nobody
    does any more. Gives how many stays were told of. Each in a transaction of its own, its letters written before."""
    now = timezone.now()
    near = Membership.objects.current().filter(ends_at__lte=now + stays.TOLD_BEFORE, reminded_at__isnull=True)
    near = near.filter(let_end_at__isnull=True, person__suspended_at__isnull=True)
    told = 0
    for member in list(near.select_related("community", "person", "sponsor").order_by("pk")[:500]):
        letters = [_letter_of_end(member, colleague) for colleague in _who_answers(member)]
        with transaction.atomic():
            still = Membership.objects.filter(pk=member.pk, ends_at=member.ends_at, let_end_at__isnull=True)
            marked = still.filter(reminded_at__isnull=True).update(reminded_at=now)
            for letter in letters if marked else []:
                post_written(letter)
        told += marked
    return told


def _who_answers(member: Membership) -> list[Person]:
    sponsors = colleagues().filter(community=member.community_id, person=member.sponsor_id)
    hosts = animators().filter(community=member.community_id)
    found = list(sponsors.select_related("person")) or list(hosts.select_related("person").order_by("pk"))
    return [one.person for one in found]


def _letter_of_end(member: Membership, colleague: Person) -> Written | None:
    path = reverse("communities:stay", args=[member.community.slug, member.person_id])
    assert member.ends_at is not None
    return write_letter(
        to=colleague.mail,
        letter="communities/mail/stay_ends",
        language=colleague.language,
        key=f"stay_ends:{member.pk}:{int(member.ends_at.timestamp())}:{colleague.pk}",
        colleague=colleague,
        guest=member.person,
        community=member.community,
        last_day=stays.last_day(member.ends_at, member.person),
        link=f"{settings.PARVIS_URL}{path}",
    )


def _guest(person: Person, community: Community) -> Membership:
    member = Membership.objects.current().filter(community=community, person=person, ends_at__isnull=False).first()
    if member is None:
        raise ValidationError(_("%(name)s n’est plus ici.") % {"name": person.name})
    member.community = community
    return member
