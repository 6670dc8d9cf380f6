"""The job's states in the database: taken, kept, done, tried again, dead. Each a transaction of a millisecond."""

import os
import random
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from parvis.kernel.jobs.models import Job
from parvis.kernel.jobs.registry import works

# A running job whose worker was not heard of for that long runs again. Workers renew it every quarter.
LEASE = timedelta(seconds=60)
_FIRST_PAUSE, _LONGEST_PAUSE = 10, 6 * 3600
_DEFAULT_ATTEMPTS = 5


@dataclass(frozen=True)
class Taken:
    """A job in a worker's hands. `attempt` fences it: who lost the lease cannot end what another has begun."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempt: int


def take(lane: str, worker: str) -> Taken | None:
    """The next due job of a lane, leased to `worker`; None when there is none (a look that takes no write lock)."""
    due = Job.objects.filter(state=Job.State.READY, lane=lane, run_after__lte=timezone.now()).order_by(
        "run_after", "id"
    )
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.worker = Job.State.RUNNING, worker
        job.attempts += 1
        job.lease_until = timezone.now() + LEASE
        job.save(update_fields=["state", "worker", "attempts", "lease_until"])
    return Taken(job.pk, job.name, job.arguments, job.attempts)


def is_waiting(lane: str) -> bool:
    return Job.objects.filter(state=Job.State.READY, lane=lane, run_after__lte=timezone.now()).exists()


@transaction.atomic
def keep(in_hand: Iterable[Taken]) -> None:
    """Renews the leases of what a living worker still runs."""
    for taken in in_hand:
        _mine(taken).update(lease_until=timezone.now() + LEASE)


def end(taken: Taken) -> bool:
    """Done. False when the lease was lost meanwhile and somebody else has the job."""
    forgotten: dict[str, Any] = {"arguments": {}} if works[taken.name].forgets else {}
    return _leave(taken, state=Job.State.DONE, ended_at=timezone.now(), error="", **forgotten)


def fail(taken: Taken, trouble: BaseException, *, for_good: bool = False) -> bool:
    """Another try after a pause, or the dead letters. True when it is dead."""
    error = "".join(traceback.format_exception(trouble))[-4000:]
    return _try_again_or_bury(taken, error, for_good=for_good)


def recover() -> int:
    """Jobs whose worker was killed, or not heard of for a lease, wait again. Gives how many."""
    now = timezone.now()
    lost = [
        job
        for job in Job.objects.filter(state=Job.State.RUNNING).only("name", "attempts", "worker", "lease_until")
        # A lease far ahead was written by a clock that jumped.
        if job.lease_until is None or not now < job.lease_until < now + 3 * LEASE or is_dead(job.worker)
    ]
    for job in lost:
        error = f"The worker {job.worker} ended in the middle of attempt {job.attempts}."
        # The first time at once (a restart, a power cut); then with pauses, for it may be the job that kills.
        _try_again_or_bury(Taken(job.pk, job.name, {}, job.attempts), error, at_once=job.attempts == 1)
    return len(lost)


def pause(attempt: int) -> timedelta:
    """10 s, 40 s, 160 s … 6 h, each ± 30 % so that what failed together does not return together."""
    seconds = min(_FIRST_PAUSE * 4 ** (attempt - 1), _LONGEST_PAUSE)
    return timedelta(seconds=seconds * random.uniform(0.7, 1.3))  # noqa: S311


def own_name() -> str:
    """This process among all that share the database: boot, process namespace, pid and its start."""
    return f"{_machine()}:{os.getpid()}:{_start_of(os.getpid())}"


def is_dead(worker: str) -> bool:
    """Whether that worker ended, as far as this machine can know; of another machine only the lease tells."""
    machine, _, rest = worker.rpartition(":")[0].rpartition(":")
    if machine != _machine():
        return False
    start = worker.rpartition(":")[2]
    return _start_of(int(rest)) != start


def _try_again_or_bury(taken: Taken, error: str, *, for_good: bool = False, at_once: bool = False) -> bool:
    work = works.get(taken.name)
    is_last = for_good or taken.attempt >= (work.attempts if work else _DEFAULT_ATTEMPTS)
    now = timezone.now()
    if is_last:
        _leave(taken, state=Job.State.DEAD, ended_at=now, error=error)
    else:
        run_after = now if at_once else now + pause(taken.attempt)
        _leave(taken, state=Job.State.READY, run_after=run_after, error=error)
    return is_last


@transaction.atomic
def _leave(taken: Taken, **changes: Any) -> bool:
    return bool(_mine(taken).update(lease_until=None, **changes))


def _mine(taken: Taken) -> "QuerySet[Job]":
    return Job.objects.filter(pk=taken.id, state=Job.State.RUNNING, attempts=taken.attempt)


@cache
def _machine() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:13]
        return f"{boot}.{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return f"elsewhere.{random.randbytes(8).hex()}"  # noqa: S311  without /proc only the lease tells


def _start_of(pid: int) -> str:
    """When a process began, in ticks since boot; "" when there is none, or only its unburied body."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]
