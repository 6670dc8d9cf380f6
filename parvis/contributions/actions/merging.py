"""One community joins another: it rests, and what was said there follows as far as those who wrote allow.

The merge itself is one short write: the source is archived, so that nothing is added behind. Its threads then move, a
few at a time, in the same transaction while they are few (AT_ONCE), else in a job that may be killed and run again:
what is left to do is read from the rows. Locks are taken in one order by all who add, close or move: communities by
id, then comments by id, then publications by id.

A thread moves at once where nobody new would read it (moving.widens); else each of those who wrote in it is asked
(MoveConsent), and it moves when all have said yes. Undone within thirty days: what moved comes back, except where
words were written since that others would then read.
"""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import actions as communities
from parvis.communities import rules as communities_may
from parvis.communities.models import UNDO_FOR, Community, Merge, MergeOffer, Pulse
from parvis.contributions.events import Merged, Moved, MovesAnswered, Unmerged
from parvis.contributions.models import Contribution, Mention, Move, MoveConsent
from parvis.contributions.moving import widens
from parvis.contributions.rules import UNDO_FOR as RESTORED_WITHIN
from parvis.kernel import events, live
from parvis.kernel.audiences.events import AccessChanged
from parvis.kernel.jobs.actions import enqueue
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# As many threads, and as many people to tell, are dealt with in the act's own transaction; more go to the job.
AT_ONCE = 30
# The job (contributions/jobs.py).
CARRY_ON = "contributions.carry_on_merge"


@transaction.atomic
def merge(*, by: Person, source: Community, target: Community) -> Merge:
    """By somebody who animates both. Raises CharterNeeded, PermissionDenied, ValidationError saying why not."""
    must_have_agreed(by)
    source, target = _lock_both(source, target)
    if not (communities_may.may_animate(by, source) and communities_may.may_animate(by, target)):
        raise PermissionDenied
    return _merge(by=by, source=source, target=target)


@transaction.atomic
def offer_merge(*, by: Person, source: Community, target: Community, word: str = "") -> MergeOffer:
    """By somebody who animates the source and sees the target: those who animate it accept by their own act. Another
    offer replaces the one that waits. Raises CharterNeeded, PermissionDenied, ValidationError."""
    must_have_agreed(by)
    source, target = _lock_both(source, target)
    if not communities_may.may_animate(by, source) or not communities_may.may_find(by, target):
        raise PermissionDenied
    refuse_merge(source, target, by=by)
    if source.is_secret:
        raise ValidationError(
            _("Une communauté secrète n’en rejoint une autre que par une personne qui anime les deux.")
        )
    return communities.note_merge_offer(by=by, source=source, target=target, word=word)


@transaction.atomic
def answer_merge_offer(*, by: Person, offer: MergeOffer, is_accepted: bool) -> Merge | None:
    """By somebody who animates the target. The first answer stands; declining leaves no trace. Raises CharterNeeded,
    PermissionDenied, ValidationError."""
    must_have_agreed(by)
    source, target = _lock_both(offer.source, offer.target)
    if not communities_may.may_animate(by, target):
        raise PermissionDenied
    if not communities.take_merge_offer(offer=offer, by=by, is_accepted=is_accepted):
        return None
    return _merge(by=by, source=source, target=target) if is_accepted else None


def refuse_merge(source: Community, target: Community, *, by: Person) -> None:
    """Raises ValidationError where the two cannot merge, whoever asks; in words for `by`."""
    if source.pk == target.pk:
        raise ValidationError(_("Une communauté ne se rejoint pas elle-même."))
    for one in (source, target):
        if one.is_archived:
            raise ValidationError(_("« %(name)s » est archivée : rien ne s’y ajoute.") % {"name": one.name})
        if one.is_in_preparation:
            raise ValidationError(_("« %(name)s » n’est pas encore ouverte.") % {"name": one.name})
    # What joined the source would have to be undone from the target: a merge moves on once it is settled.
    joined = merges_into(source).first()
    if joined is not None and not communities_may.may_find(by, joined.source):
        # What joined is not named to who may not see it.
        raise ValidationError(
            _("Une communauté l’a rejointe il y a moins de trente jours, et cela peut encore être défait : attendez.")
        )
    if joined is not None:
        raise ValidationError(
            _(
                "« %(joined)s » a rejoint « %(name)s » il y a moins de trente jours, et cela peut encore être "
                "défait : attendez, ou défaites-le d’abord."
            )
            % {"joined": joined.source.name, "name": source.name}
        )


def merges_into(target: Community) -> QuerySet[Merge]:
    """Those that can still be undone."""
    recent = Merge.objects.filter(target=target, undone_at__isnull=True, merged_at__gt=timezone.now() - UNDO_FOR)
    return recent.select_related("source").order_by("pk")


def _merge(*, by: Person, source: Community, target: Community) -> Merge:
    refuse_merge(source, target, by=by)
    communities.put_to_rest(source, by=by, answer=Pulse.Answer.MERGE, merged_into=target)
    made = Merge.objects.create(source=source, target=target, merged_by=by)
    events.publish(Merged(made.pk, source.pk, target.pk, by_id=by.pk))
    ids = threads_left(made)[: AT_ONCE + 1]
    people = communities.people_to_tell(made)[: AT_ONCE + 1]
    if len(ids) <= AT_ONCE and len(people) <= AT_ONCE:
        carry_threads(made.pk, ids)
        communities.tell_of_merge(made.pk, people)
        look_again_at_connections()
    else:
        enqueue(CARRY_ON, key=f"merge:{made.pk}", merge_id=made.pk)
    return made


def threads_left(merge: Merge) -> list[int]:
    """Of the source, those that were neither moved nor asked about: what the job has still to do, by id."""
    asked = MoveConsent.objects.filter(merge=merge, root=OuterRef("pk"))
    # What had moved and came back another way stays.
    moved = Move.objects.filter(merge=merge, contribution=OuterRef("pk"))
    here = Contribution.objects.publications().filter(audience_id=merge.source.audience_id)
    left = here.exclude(Exists(asked)).exclude(Exists(moved))
    return list(left.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def carry_threads(merge_id: int, root_ids: Sequence[int]) -> None:
    """Moves these threads, or asks those who wrote in them. Again, or once the merge is undone: nothing."""
    made = Merge.objects.select_related("source", "target").get(pk=merge_id)
    source, target = _lock_both(made.source, made.target)
    if Merge.objects.filter(pk=merge_id, undone_at__isnull=False).exists():
        return
    asked = set(MoveConsent.objects.filter(merge=made, root__in=list(root_ids)).values_list("root_id", flat=True))
    ids = [pk for pk in root_ids if pk not in asked]
    # Looked at each time: a guest may have come into the target since.
    if widens(source_id=source.audience_id, target_id=target.audience_id):
        _ask_about(made, source, ids)
    else:
        _move(ids, source=source, target=target, merge=made)


def _ask_about(merge: Merge, source: Community, root_ids: Sequence[int]) -> None:
    """Each of those whose words stand in a thread, once. What was deleted stays where it is."""
    here = Q(pk__in=root_ids, deleted_at__isnull=True, audience_id=source.audience_id)
    roots = set(Contribution.objects.filter(here).values_list("pk", flat=True))
    wrote = _who_wrote(roots)
    MoveConsent.objects.bulk_create(
        [MoveConsent(merge=merge, root_id=root, author_id=author) for root, author in sorted(wrote)],
        ignore_conflicts=True,
    )


def _who_wrote(root_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(thread, author) of all words that stand in these threads, or that may still be restored there."""
    roots = list(root_ids)
    stands = Q(deleted_at__isnull=True) | Q(deleted_at__gt=timezone.now() - RESTORED_WITHIN)
    words = Contribution.objects.filter(stands, Q(pk__in=roots) | Q(root__in=roots))
    return {(root or pk, author) for pk, root, author in words.values_list("pk", "root_id", "author_id")}


def _move(root_ids: Sequence[int], *, source: Community, target: Community, merge: Merge) -> list[int]:
    """The threads with all that hangs on them, and nothing of what they say. Gives the ids that moved. The caller
    holds both communities; comments are locked before their publications, as those who react or delete do."""
    thread = Contribution.objects.filter(root__in=list(root_ids)).order_by("pk").select_for_update()
    list(thread.values_list("pk", flat=True))
    roots = Contribution.objects.filter(pk__in=list(root_ids), audience_id=source.audience_id).order_by("pk")
    ids = list(roots.select_for_update().values_list("pk", flat=True))
    if not ids:
        return []
    whole = Q(pk__in=ids) | Q(root__in=ids)
    Mention.objects.filter(Q(contribution__in=ids) | Q(contribution__root__in=ids)).update(audience=target.audience_id)
    Contribution.objects.filter(whole).update(audience=target.audience_id)
    Contribution.objects.filter(pk__in=ids).update(version=F("version") + 1)
    Move.objects.bulk_create(
        [
            Move(
                contribution_id=pk,
                from_audience_id=source.audience_id,
                to_audience_id=target.audience_id,
                merge=merge,
            )
            for pk in ids
        ]
    )
    _follow_up(ids, source=source, target=target)
    return ids


def _follow_up(ids: Sequence[int], *, source: Community, target: Community) -> None:
    """Who shows them hears of it."""
    events.publish(Moved(tuple(ids), source.audience_id, target.audience_id))
    # Who may read the original changed, so cards that recommend it did.
    recommending = Contribution.objects.filter(about__in=list(ids)).order_by("pk").select_for_update(of=("self",))
    changed = list(recommending.values_list("pk", "version", "comment_count"))
    Contribution.objects.filter(pk__in=[pk for pk, *_more in changed]).update(version=F("version") + 1)
    for pk, version, comments in changed:
        live.note(f"c:{pk}", version=version + 1, counts={"comments": comments})
    newest = Contribution.objects.filter(pk__in=ids, deleted_at__isnull=True).order_by("-last_exchange_at")
    for at in newest.values_list("last_exchange_at", flat=True)[:1]:
        communities.note_exchange(audience_id=target.audience_id, at=at)
    for pk, version, comments in Contribution.objects.filter(pk__in=ids).values_list("pk", "version", "comment_count"):
        live.note(f"c:{pk}", version=version, counts={"comments": comments})


@transaction.atomic
def look_again_at_connections() -> None:
    """Once a merge, not once a thread: open tabs lose what their readers may no longer see."""
    events.publish(AccessChanged(person_id=None))


@transaction.atomic
def answer_moves(*, author: Person, consents: Sequence[MoveConsent], is_given: bool) -> int:
    """One's own word on one's own words; it may be changed while the thread has not moved. A thread goes once all who
    wrote in it said yes. Gives how many went. Raises CharterNeeded, PermissionDenied."""
    must_have_agreed(author)
    if any(consent.author_id != author.pk for consent in consents):
        raise PermissionDenied
    went = 0
    for merge_id in sorted({consent.merge_id for consent in consents}):
        made = Merge.objects.select_related("source", "target").get(pk=merge_id)
        source, target = _lock_both(made.source, made.target)
        if Merge.objects.filter(pk=merge_id, undone_at__isnull=False).exists():
            continue
        ids = [consent.pk for consent in consents if consent.merge_id == merge_id]
        mine = MoveConsent.objects.filter(pk__in=ids, root__audience_id=source.audience_id)
        roots = list(mine.values_list("root_id", flat=True))
        MoveConsent.objects.filter(pk__in=ids, root__in=roots).update(answered_at=timezone.now(), is_given=is_given)
        events.publish(MovesAnswered(merge_id, author.pk))
        if is_given and not target.is_archived:
            went += len(_move(_agreed(made, roots), source=source, target=target, merge=made))
    if went:
        look_again_at_connections()
    return went


def _agreed(merge: Merge, root_ids: Sequence[int]) -> list[int]:
    """Of these threads, those that all their authors let go; whoever wrote is in the thread, so is asked."""
    asked = MoveConsent.objects.filter(merge=merge, root=OuterRef("pk"))
    withheld = asked.exclude(is_given=True)
    roots = Contribution.objects.filter(pk__in=list(root_ids), deleted_at__isnull=True)
    wrote = _who_wrote(roots.filter(Exists(asked)).exclude(Exists(withheld)).values_list("pk", flat=True))
    given = set(
        MoveConsent.objects.filter(merge=merge, root__in=list(root_ids), is_given=True).values_list("root", "author")
    )
    # A comment restored after the question was asked is its author's, who was not asked.
    missing = {root for root, _author in wrote - given}
    return sorted({root for root, _author in wrote} - missing)


@transaction.atomic
def undo_merge(*, by: Person, merge: Merge) -> Merge:
    """By anybody who animates one of the two, for thirty days. Again: nothing. What was written in the target since
    stays there; questions still open are closed. Raises CharterNeeded, PermissionDenied, ValidationError."""
    must_have_agreed(by)
    source, target = _lock_both(merge.source, merge.target)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if not (communities_may.may_animate(by, source) or communities_may.may_animate(by, target)):
        raise PermissionDenied
    if merge.undone_at is not None:
        return merge
    if timezone.now() - merge.merged_at >= UNDO_FOR:
        raise ValidationError(_("C’était il y a plus de trente jours : on ne peut plus le défaire."))
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    MoveConsent.objects.filter(merge=merge, answered_at__isnull=True).update(answered_at=merge.undone_at)
    communities.wake(source, by=by)
    communities.forget_merge(merge)
    events.publish(Unmerged(merge.pk, source.pk, target.pk, by_id=by.pk))
    ids = threads_to_take_back(merge)
    if len(ids) <= AT_ONCE:
        take_threads_back(merge.pk, ids)
        look_again_at_connections()
    else:
        enqueue(CARRY_ON, key=f"unmerge:{merge.pk}", merge_id=merge.pk)
    return merge


def threads_to_take_back(merge: Merge) -> list[int]:
    """What the merge moved and still stands in the target, by id."""
    moved = Move.objects.filter(merge=merge, contribution__audience=merge.target.audience_id)
    return list(moved.order_by("contribution_id").values_list("contribution_id", flat=True))


@transaction.atomic
def take_threads_back(merge_id: int, root_ids: Sequence[int]) -> None:
    """Again: nothing. Words written since the move were written for those who read the target: where others would
    read them, the thread stays, and its Move is gone, so that no later undoing takes it."""
    made = Merge.objects.select_related("source", "target").get(pk=merge_id)
    source, target = _lock_both(made.source, made.target)
    ids = list(root_ids)
    if widens(source_id=target.audience_id, target_id=source.audience_id):
        kept = _grown(made, ids)
        Move.objects.filter(merge=made, contribution__in=kept).delete()
        ids = [pk for pk in ids if pk not in kept]
    comments = Contribution.objects.filter(root__in=ids).order_by("pk").select_for_update()
    list(comments.values_list("pk", flat=True))
    roots = Contribution.objects.filter(pk__in=ids, audience_id=target.audience_id).order_by("pk")
    ids = list(roots.select_for_update().values_list("pk", flat=True))
    if not ids:
        return
    Mention.objects.filter(Q(contribution__in=ids) | Q(contribution__root__in=ids)).update(audience=source.audience_id)
    Contribution.objects.filter(Q(pk__in=ids) | Q(root__in=ids)).update(audience=source.audience_id)
    Contribution.objects.filter(pk__in=ids).update(version=F("version") + 1)
    Move.objects.filter(merge=made, contribution__in=ids).delete()
    _follow_up(ids, source=target, target=source)
    left = Contribution.objects.publications().filter(audience_id=target.audience_id, deleted_at__isnull=True)
    newest = left.order_by("-last_exchange_at").values_list("last_exchange_at", flat=True).first()
    communities.set_last_exchange(audience_id=target.audience_id, at=newest)


def _grown(merge: Merge, root_ids: Sequence[int]) -> set[int]:
    """Those in which something was written or rewritten since they moved."""
    moved_at = dict(
        Move.objects.filter(merge=merge, contribution__in=list(root_ids)).values_list("contribution_id", "moved_at")
    )
    if not moved_at:
        return set()
    since = min(moved_at.values())
    written = Contribution.objects.filter(root__in=list(moved_at), published_at__gte=since)
    edited = Contribution.objects.filter(Q(pk__in=list(moved_at)) | Q(root__in=list(moved_at)), edited_at__gte=since)
    times = [
        *written.values_list("root_id", "published_at"),
        *((root or pk, at) for pk, root, at in edited.values_list("pk", "root_id", "edited_at")),
    ]
    return {root for root, at in times if at is not None and at >= moved_at[root]}


def _lock_both(source: Community, target: Community) -> tuple[Community, Community]:
    """By id, whatever joins what: two that join each other at once take turns."""
    locked = communities.lock_all({source.pk, target.pk})
    return locked[source.pk], locked[target.pk]
