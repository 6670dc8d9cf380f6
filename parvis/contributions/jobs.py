"""What is carried on in the background: the threads of a large merge, or of its undoing; the daily counts."""

from collections.abc import Sequence
from functools import partial

from parvis.communities import actions as communities
from parvis.communities.models import Merge
from parvis.communities.queries import places_to_measure
from parvis.contributions import actions
from parvis.contributions.replies import usual_reply_minutes
from parvis.kernel.jobs.pace import in_short_writes
from parvis.kernel.jobs.registry import every, job

# The first slice; the next ones follow how long it took.
_FIRST = 4


@job(lane="now", attempts=8)
def carry_on_merge(merge_id: int) -> None:
    """Does what is left to do, which the rows say: killed at any moment, it goes on from there."""
    merge = Merge.objects.select_related("source", "target", "merged_by").filter(pk=merge_id).first()
    if merge is None:
        return
    if merge.undone_at is None:
        in_short_writes(actions.threads_left(merge), partial(actions.carry_threads, merge_id), first=_FIRST)
        in_short_writes(communities.people_to_tell(merge), partial(communities.tell_of_merge, merge_id), first=_FIRST)
    else:
        back = partial(actions.take_threads_back, merge_id)
        in_short_writes(actions.threads_to_take_back(merge), back, first=_FIRST)
    actions.look_again_at_connections()


@every("03:30")
@job(lane="heavy")
def count_reach() -> None:
    actions.count_reach()


@every("03:25")
@job(lane="now")
def measure_replies() -> None:
    """« On y répond en … », of each community that anybody still writes in."""
    measured = [(audience_id, usual_reply_minutes(audience_id)) for audience_id in places_to_measure()]
    in_short_writes(measured, _note, first=_FIRST)


def _note(measured: Sequence[tuple[int, int | None]]) -> None:
    for audience_id, minutes in measured:
        communities.note_usual_reply(audience_id=audience_id, minutes=minutes)
