"""Ambassadors: members who welcome with those who animate, for six months, by their own yes."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities import stays
from parvis.communities.actions.entering import lock
from parvis.communities.actions.wording import one_line, refuse_archived
from parvis.communities.events import AmbassadorsChanged, EmbassyOffered
from parvis.communities.models import AmbassadorOffer, Community, Membership
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.people.ties import keeps_away

MANDATE_MONTHS = 6
# Whoever put a proposal away is not asked again before.
OFFER_AGAIN_AFTER = timedelta(days=90)


@transaction.atomic
def offer_embassy(*, by: Person, person: Person, community: Community, word: str = "") -> None:
    """Asks a member, who says yes or nothing. A no leaves no trace: for those who animate the proposal was sent, and
    sending it again changes nothing. Raises CharterNeeded, PermissionDenied, ValidationError."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    refuse_archived(community)
    member = _member(person, community)
    if member is None or person.is_guest or not person.is_active or keeps_away(person=person, by=by):
        raise ValidationError(_("Cette personne ne peut pas être jointe."))
    if member.role != Membership.Role.MEMBER:
        return
    word = one_line(word, field="word", most=280)
    long_ago = timezone.now() - OFFER_AGAIN_AFTER
    AmbassadorOffer.objects.filter(community=community, person=person, put_away_at__lt=long_ago).delete()
    _offer, is_new = AmbassadorOffer.objects.get_or_create(
        community=community, person=person, defaults={"offered_by": by, "word": word}
    )
    if is_new:
        events.publish(EmbassyOffered(community.pk, person.pk, by_id=by.pk))


@transaction.atomic
def accept_embassy(*, person: Person, community: Community) -> None:
    """One's own act. Again: nothing. Raises CharterNeeded, PermissionDenied when nobody asks."""
    must_have_agreed(person)
    community = lock(community)
    member = _member(person, community)
    if member is not None and member.role != Membership.Role.MEMBER:
        return
    offered = AmbassadorOffer.objects.filter(community=community, person=person, put_away_at__isnull=True)
    if member is None or not offered.exists() or community.is_archived:
        raise PermissionDenied
    offered.delete()
    member.role = Membership.Role.AMBASSADOR
    member.mandate_ends_on = stays.in_months(stays.today_of(person), MANDATE_MONTHS)
    member.thanks, member.thanked_by = "", None
    member.save(update_fields=["role", "mandate_ends_on", "thanks", "thanked_by"])
    person.forget_scope()
    events.publish(AmbassadorsChanged(community.pk, person.pk, by_id=person.pk))


@transaction.atomic
def decline_embassy(*, person: Person, community: Community) -> None:
    """Put away, and nobody is told."""
    AmbassadorOffer.objects.filter(community=community, person=person, put_away_at__isnull=True).update(
        put_away_at=timezone.now()
    )


@transaction.atomic
def end_embassy(*, by: Person, person: Person, community: Community) -> None:
    """By the ambassador at any time, or by those who animate; a member they stay. Raises PermissionDenied."""
    community = lock(community)
    if by.pk != person.pk and not may.may_animate(by, community):
        raise PermissionDenied
    member = _member(person, community)
    if member is not None and member.role == Membership.Role.AMBASSADOR:
        _end(member, by)


@transaction.atomic
def end_embassies() -> int:
    """Of those whose last day is over. The thanks stay."""
    over = Membership.objects.filter(role=Membership.Role.AMBASSADOR, mandate_ends_on__lt=timezone.localdate())
    found = list(over.select_related("person").order_by("pk")[:1000])
    for member in found:
        _end(member, member.person)
    return len(found)


@transaction.atomic
def thank(*, by: Person, person: Person, community: Community, word: str) -> None:
    """A word of thanks, read beside the name on the page of members. Raises CharterNeeded, PermissionDenied,
    ValidationError naming the field."""
    must_have_agreed(by)
    community = lock(community)
    member = _member(person, community)
    if not may.may_animate(by, community) or by.pk == person.pk:
        raise PermissionDenied
    refuse_archived(community)
    if member is None or member.mandate_ends_on is None:
        raise ValidationError(_("%(name)s n’a pas été en ambassade ici.") % {"name": person.name})
    member.thanks, member.thanked_by = one_line(word, field="word", most=280, least=2), by
    member.save(update_fields=["thanks", "thanked_by"])
    events.publish(AmbassadorsChanged(community.pk, person.pk, by_id=by.pk))


def _end(member: Membership, by: Person) -> None:
    member.role = Membership.Role.MEMBER
    member.save(update_fields=["role"])
    events.publish(AmbassadorsChanged(member.community_id, member.person_id, by_id=by.pk))


def _member(person: Person, community: Community) -> Membership | None:
    return Membership.objects.current().filter(community=community, person=person).first()
