"""The communities' side of a merge: who asks whom, and who is told. What was said moves in contributions/actions."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.communities import rules as may
from parvis.communities.actions.wording import one_line
from parvis.communities.events import Invited, MergeOfferAnswered, MergeOffered
from parvis.communities.models import (
    Community,
    Follow,
    Invitation,
    Membership,
    Merge,
    MergeOffer,
    Recommendation,
    Removal,
)
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.ties import out_of_reach_of


def lock_all(ids: Collection[int]) -> dict[int, Community]:
    """Several communities as they are now, locked by id: acts that hold more than one take them in one order."""
    rows = Community.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return {community.pk: community for community in rows}


@transaction.atomic
def note_merge_offer(*, by: Person, source: Community, target: Community, word: str) -> MergeOffer:
    """Called by contributions' `offer_merge`, which asked its rule."""
    said = {"target": target, "by": by, "word": one_line(word, field="word", most=280), "offered_at": timezone.now()}
    offer, _new = MergeOffer.objects.update_or_create(source=source, defaults=said)
    events.publish(MergeOffered(source.pk, target.pk, by_id=by.pk))
    return offer


@transaction.atomic
def withdraw_merge_offer(*, by: Person, source: Community) -> None:
    """Whoever animates the source takes it back. Without one: nothing."""
    if not may.may_animate(by, source):
        return
    for offer in MergeOffer.objects.filter(source=source):
        take_merge_offer(offer=offer, by=by, is_accepted=None)


@transaction.atomic
def take_merge_offer(*, offer: MergeOffer, by: Person, is_accepted: bool | None) -> bool:
    """It waits no more; False when it waited no more already. Called by an action that asked its rule."""
    deleted, _rows = MergeOffer.objects.filter(pk=offer.pk, target=offer.target_id).delete()
    if deleted:
        events.publish(MergeOfferAnswered(offer.source_id, offer.target_id, by_id=by.pk, is_accepted=is_accepted))
    return bool(deleted)


def people_to_tell(merge: Merge) -> list[int]:
    """The colleagues who were in the source, and those who followed it, whom nothing told yet of the target and who
    are not in it: what a job has still to do, by id. Guests came for one place and are not asked elsewhere."""
    source, target, by = merge.source, merge.target, merge.merged_by
    if by is None:
        return []
    here = {"person": OuterRef("pk"), "community": target}
    met = (Membership, Invitation, Recommendation, Removal)
    members = Membership.objects.filter(community=source).values("person_id")
    found = Person.objects.filter(pk__in=members)
    if not target.is_hidden:
        found = found | Person.objects.filter(pk__in=Follow.objects.filter(community=source).values("person_id"))
    found = found.filter(is_guest=False, suspended_at__isnull=True).exclude(pk=by.pk).exclude(out_of_reach_of(by))
    for model in met:
        found = found.exclude(Exists(model._default_manager.filter(**here)))
    return list(found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def tell_of_merge(merge_id: int, person_ids: Sequence[int]) -> None:
    """Nobody is enrolled: where one comes in freely, or only followed, the target is recommended; elsewhere members
    are invited. Nothing once the merge is undone."""
    made = Merge.objects.select_related("source", "target", "merged_by").get(pk=merge_id)
    if made.undone_at is not None or made.merged_by is None:
        return
    target = lock_all({made.target_id})[made.target_id]
    invites = target.way_in != Community.WayIn.FREE
    members = set(
        Membership.objects.filter(community=made.source, person__in=list(person_ids)).values_list("person", flat=True)
    )
    invited = sorted(members) if invites else []
    people = Person.objects.filter(pk__in=list(person_ids)).in_bulk()
    Invitation.objects.bulk_create(
        [
            Invitation(community=target, person_id=pk, invited_by=made.merged_by, word=_word(made, people[pk]))
            for pk in invited
        ],
        ignore_conflicts=True,
    )
    Recommendation.objects.bulk_create(
        [
            Recommendation(community=target, person_id=pk, by=made.merged_by, word=_word(made, people[pk]))
            for pk in sorted(set(person_ids) - set(invited))
        ],
        ignore_conflicts=True,
    )
    for pk in invited:
        events.publish(Invited(target.pk, pk, by_id=made.merged_by.pk))


def _word(merge: Merge, person: Person) -> str:
    """For members and followers of the source, who know its name; each in their language."""
    with override(person.language):
        return _("« %(name)s » a rejoint cette communauté.") % {"name": merge.source.name}


@transaction.atomic
def forget_merge(merge: Merge) -> None:
    """It was undone: the invitations that nobody answered, and what was recommended, are taken back."""
    members = Membership.objects.filter(community=merge.source_id).values("person_id")
    sent = Invitation.objects.pending().filter(community=merge.target_id, invited_by=merge.merged_by_id)
    sent.filter(invited_at__gte=merge.merged_at, person__in=members).delete()
    Recommendation.objects.filter(
        community=merge.target_id, by=merge.merged_by_id, recommended_at__gte=merge.merged_at
    ).delete()


@transaction.atomic
def set_last_exchange(*, audience_id: int, at: datetime | None) -> None:
    """After what was said there went elsewhere. No event: it follows from the move's own."""
    Community.objects.filter(audience_id=audience_id).update(last_exchange_at=at)
