"""Asking for work, and giving a dead letter another try."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from parvis.kernel.jobs import bell
from parvis.kernel.jobs.models import Job
from parvis.kernel.jobs.registry import LANES, name_of, works


def enqueue(
    work: str | Callable[..., Any], /, *, key: str = "", run_after: datetime | None = None, **arguments: Any
) -> None:
    """Asks for a job in the caller's transaction: both are committed, or neither.

    `arguments` are JSON. With a `key`, nothing is added while a job of that key waits or runs: say in the key what
    was asked (an id *and* a version), or a change made while the job runs would be missed.
    Raises LookupError for a function that is no job.
    """
    name = name_of(work)
    asked = Job(lane=works[name].lane, name=name, arguments=arguments, key=key, run_after=run_after or timezone.now())
    with transaction.atomic(savepoint=False):
        # The unique constraint on live keys decides, also between two processes.
        Job.objects.bulk_create([asked], ignore_conflicts=bool(key))
        _ring_after_commit(asked.lane)


@transaction.atomic
def run_again(job_id: int) -> bool:
    """Puts a dead letter back with all its attempts. False when it is no dead letter, or its key is live again."""
    dead = Job.objects.select_for_update().filter(pk=job_id, state=Job.State.DEAD).first()
    if dead is None or (dead.key and Job.objects.filter(key=dead.key, state__in=["ready", "running"]).exists()):
        return False
    dead.state, dead.attempts, dead.run_after, dead.ended_at = Job.State.READY, 0, timezone.now(), None
    dead.save(update_fields=["state", "attempts", "run_after", "ended_at"])
    _ring_after_commit(dead.lane)
    return True


def _ring_after_commit(lane: str) -> None:
    """Once a lane in one transaction, however many jobs it asked for."""
    waiting = [getattr(hook[1], "args", None) for hook in connection.run_on_commit[-len(LANES) :]]
    if (lane,) not in waiting:
        transaction.on_commit(partial(bell.ring, lane), robust=True)
