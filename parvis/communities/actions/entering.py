"""Coming in by one's own act, asking to, following."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities import stays
from parvis.communities.actions.founding import MOST_PINNED, has_room_in_rail
from parvis.communities.actions.wording import one_line
from parvis.communities.events import (
    AnimatorsChanged,
    EntryAsked,
    EntryDecided,
    EntryWithdrawn,
    Followed,
    Joined,
    Pinned,
    RemovalRead,
    Unfollowed,
)
from parvis.communities.models import (
    Community,
    EntryRequest,
    Follow,
    Invitation,
    Membership,
    Recommendation,
    Removal,
)
from parvis.communities.standing import ASK_AGAIN_AFTER, standing_of
from parvis.kernel import events
from parvis.kernel.audiences.actions import let_in
from parvis.kernel.jobs.actions import enqueue
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed


@transaction.atomic
def join(*, person: Person, community: Community) -> Membership:
    """Comes in, by an open door, an invitation or a group's right. Again: the same membership.

    Raises CharterNeeded, PermissionDenied.
    """
    must_have_agreed(person)
    community = lock(community)
    member = Membership.objects.current().filter(community=community, person=person).first()
    if member is not None:
        return member
    standing = standing_of(person, community)
    if not standing.may_join:
        raise PermissionDenied
    wants_animator = community.is_in_preparation or not standing.has_animator
    if wants_animator and Invitation.objects.pending().filter(community=community, person=person, is_to_animate=True):
        return enter(person=person, community=community, role=Membership.Role.ANIMATOR)
    return enter(person=person, community=community)


def enter(*, person: Person, community: Community, role: Membership.Role = Membership.Role.MEMBER) -> Membership:
    """What coming in writes, whichever way. Called within an action that asked its rule."""
    now = timezone.now()
    # Of a stay that ended a moment ago, and was not tidied yet.
    Membership.objects.filter(community=community, person=person, ends_at__lte=now).delete()
    stay = _stay_of(person, community) if person.is_guest else {}
    member, is_new = Membership.objects.get_or_create(
        community=community, person=person, defaults={"is_pinned": has_room_in_rail(person), "role": role, **stay}
    )
    if is_new:
        Invitation.objects.pending().filter(community=community, person=person).update(accepted_at=now)
        EntryRequest.objects.filter(community=community, person=person, decided_at__isnull=True).update(
            decided_at=now, is_accepted=True
        )
        Follow.objects.filter(community=community, person=person).delete()
        Recommendation.objects.filter(community=community, person=person).delete()
        let_in(person_id=person.pk, audience_id=community.audience_id, until=member.ends_at)
        if member.ends_at is not None:
            tidy_at(member, member.ends_at)
        person.forget_scope()
        events.publish(Joined(community.pk, person.pk))
        if role == Membership.Role.ANIMATOR:
            events.publish(AnimatorsChanged(community.pk, person.pk, by_id=person.pk))
    return member


def _stay_of(person: Person, community: Community) -> dict[str, Any]:
    """Until when a guest comes in, and who answers for them, as the invitation says."""
    invitation = Invitation.objects.pending().filter(community=community, person=person).first()
    ends_at = invitation and invitation.ends_at
    return {
        "ends_at": ends_at or stays.last_moment(stays.checked(None, person), person),
        "sponsor_id": invitation and (invitation.sponsor_id or invitation.invited_by_id),
    }


def tidy_at(member: Membership, ends_at: datetime) -> None:
    """Access ends by itself at that moment; then open pages are told, and the row goes."""
    enqueue(
        "communities.end_stay",
        key=f"stay:{member.pk}:{int(ends_at.timestamp())}",
        run_after=ends_at,
        community_id=member.community_id,
        person_id=member.person_id,
    )


@transaction.atomic
def pin(*, person: Person, community: Community) -> None:
    """Into the rail, where there is room for seven."""
    lock_person(person)
    member = _own_membership(person, community)
    if member.is_pinned:
        return
    if not has_room_in_rail(person):
        raise ValidationError(
            _("%(most)d communautés sont déjà épinglées. Détachez-en une d’abord.") % {"most": MOST_PINNED}
        )
    member.is_pinned = True
    member.save(update_fields=["is_pinned"])
    person.forget_scope()
    events.publish(Pinned(community.pk, person.pk))


@transaction.atomic
def unpin(*, person: Person, community: Community) -> None:
    member = _own_membership(person, community)
    member.is_pinned = False
    member.save(update_fields=["is_pinned"])
    person.forget_scope()
    events.publish(Pinned(community.pk, person.pk))


@transaction.atomic
def follow(*, person: Person, community: Community) -> None:
    """Reads it in one's feed without joining. Reading needs no charter."""
    community = lock(community)
    standing = standing_of(person, community)
    if standing.is_member or standing.is_following:
        return
    if not standing.may_follow:
        raise PermissionDenied
    Follow.objects.get_or_create(person=person, community=community)
    person.forget_scope()
    events.publish(Followed(community.pk, person.pk))


@transaction.atomic
def unfollow(*, person: Person, community: Community) -> None:
    deleted, _rows = Follow.objects.filter(person=person, community=community).delete()
    if deleted:
        person.forget_scope()
        events.publish(Unfollowed(community.pk, person.pk))


@transaction.atomic
def ask_to_enter(*, person: Person, community: Community, word: str = "") -> EntryRequest:
    """Asks the animators, with a word. Again: the same request. Raises CharterNeeded, PermissionDenied."""
    must_have_agreed(person)
    community = lock(community)
    waiting = EntryRequest.objects.filter(community=community, person=person, decided_at__isnull=True).first()
    if waiting is not None:
        return waiting
    word = one_line(word, field="word", most=280)
    standing = standing_of(person, community)
    if not standing.may_ask:
        on_request = community.way_in == Community.WayIn.ON_REQUEST and not community.is_archived
        if standing.declined_at and on_request and not standing.is_member:
            raise ValidationError(
                _("Votre demande a été déclinée. Vous pourrez demander à nouveau %(days)d jours après la réponse.")
                % {"days": ASK_AGAIN_AFTER.days}
            )
        raise PermissionDenied
    request = EntryRequest.objects.create(community=community, person=person, word=word)
    events.publish(EntryAsked(community.pk, person.pk))
    return request


@transaction.atomic
def withdraw_request(*, person: Person, community: Community) -> None:
    deleted, _rows = EntryRequest.objects.filter(community=community, person=person, decided_at__isnull=True).delete()
    if deleted:
        events.publish(EntryWithdrawn(community.pk, person.pk))


@transaction.atomic
def decide_entry(*, by: Person, request: EntryRequest, is_accepted: bool, answer: str = "") -> EntryRequest:
    """An animator answers, with a word. The first answer stands; somebody suspended meanwhile does not come in."""
    must_have_agreed(by)
    community = lock(request.community)
    request = EntryRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if not may.may_animate(by, community):
        raise PermissionDenied
    if request.decided_at is not None:
        return request
    request.answer = one_line(answer, field="answer", most=280)
    if is_accepted and community.is_archived:
        raise ValidationError(_("La communauté est archivée : on n’y entre plus."))
    if is_accepted and not request.person.is_active:
        raise ValidationError(_("Cette personne n’a plus accès à Parvis."))
    request.decided_at = timezone.now()
    request.decided_by = by
    request.is_accepted = is_accepted
    request.save(update_fields=["answer", "decided_at", "decided_by", "is_accepted"])
    if is_accepted:
        enter(person=request.person, community=community)
    events.publish(EntryDecided(community.pk, request.person.pk, is_accepted=is_accepted, by_id=by.pk))
    return request


@transaction.atomic
def acknowledge_removal(*, person: Person, removal: Removal) -> None:
    """They read why they were taken out; their page of communities stops saying it."""
    if removal.person_id != person.pk:
        raise PermissionDenied
    if Removal.objects.filter(pk=removal.pk, read_at__isnull=True).update(read_at=timezone.now()):
        events.publish(RemovalRead(removal.community_id, person.pk))


def lock(community: Community) -> Community:
    """The row as it is now; on PostgreSQL, acts on one community take turns (SQLite has one writer anyway)."""
    return Community.objects.select_for_update().get(pk=community.pk)


def lock_person(person: Person) -> None:
    """Acts that count a person's rows take turns."""
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk", flat=True).first()


def _own_membership(person: Person, community: Community) -> Membership:
    member = Membership.objects.filter(person=person, community=community).first()
    if member is None:
        raise PermissionDenied
    return member
