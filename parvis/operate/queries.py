"""What the administration pages show of jobs and backups."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from parvis.kernel.jobs.models import Job
from parvis.kernel.pagination import Cursor, Page
from parvis.operate.models import Backup


@dataclass(frozen=True)
class Lane:
    name: str
    ready: int = 0
    running: int = 0
    dead: int = 0


def lanes() -> list[Lane]:
    """Each lane with its jobs that are not over. One query."""
    live = [Job.State.READY, Job.State.RUNNING, Job.State.DEAD]
    counts: dict[str, dict[str, int]] = {lane: {} for lane in Job.Lane.values}
    rows = Job.objects.filter(state__in=live).order_by().values_list("lane", "state").annotate(n=Count("pk"))
    for lane, state, number in rows:
        counts.setdefault(lane, {})[state] = number
    return [Lane(lane, **of) for lane, of in counts.items()]


def dead_letters(*, after: Cursor | None = None, limit: int = 30) -> Page[Job]:
    """Newest first, without their arguments: those may hold letters to people. One query."""
    dead = Job.objects.filter(state=Job.State.DEAD).defer("arguments").order_by(F("ended_at").desc(), "-pk")
    if after:
        dead = dead.filter(Q(ended_at__lt=after.at) | Q(ended_at=after.at, pk__lt=after.id))
    rows = list(dead[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], Cursor(last.ended_at, last.pk) if last and last.ended_at else None)


def last_backup() -> Backup | None:
    return Backup.objects.order_by("-made_at").first()
