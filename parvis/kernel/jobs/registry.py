"""`@job` and `@every`: what a worker may be asked to run. Modules write theirs in `jobs.py`, found at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.utils import timezone

Run = TypeVar("Run", bound=Callable[..., Any])

LANES = ("now", "mail", "heavy")


class GiveUp(Exception):
    """Raised by a job that would fail again however often it is tried: it goes to the dead letters at once."""


@dataclass(frozen=True)
class Work:
    """A kind of job. `forgets` empties the arguments once it is done (a mail, a link that opens an account)."""

    name: str
    lane: str
    attempts: int
    run: Callable[..., Any]
    forgets: bool = False


@dataclass(frozen=True)
class Turn:
    """When a job comes round: each day at `at` (the company's time), or each `period`."""

    name: str
    at: time | None = None
    period: timedelta | None = None

    def slot(self, now: datetime) -> str:
        """The name of the last turn due at `now`. Two clocks, or one that jumps back, name the same turn alike."""
        if self.at is not None:
            here = timezone.localtime(now, timezone.get_default_timezone())
            day = here.date() if here.time() >= self.at else here.date() - timedelta(days=1)
            return f"{day.isoformat()}T{self.at:%H:%M}"
        assert self.period is not None
        seconds = int(self.period.total_seconds())
        start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
        return start.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%SZ")


works: dict[str, Work] = {}
turns: dict[str, Turn] = {}
_names: dict[Callable[..., Any], str] = {}


def job(*, lane: str = "now", attempts: int = 5, name: str = "", forgets: bool = False) -> Callable[[Run], Run]:
    """Registers a function as a job. It runs at least once: after a crash it runs again, so make it idempotent.

    `lane`: "now" (short), "mail" (waits for a server) or "heavy" (minutes or memory; a process of its own).
    `attempts`: how often it is tried, with growing pauses, before it becomes a dead letter.
    """
    if lane not in LANES:
        raise ValueError(f"no lane {lane!r}: one of {', '.join(LANES)}")

    def register(run: Run) -> Run:
        known_as = name or f"{_short(run.__module__)}.{run.__name__}"
        works[known_as] = Work(known_as, lane, attempts, run, forgets)
        _names[run] = known_as
        return run

    return register


def every(at: str = "", *, minutes: int = 0) -> Callable[[Run], Run]:
    """Above `@job`: runs it without arguments each day at `at` ("03:10", the company's time) or each n minutes.

    A turn missed while nothing worked runs once when a worker is back, never once for each turn missed.
    """
    if bool(at) == bool(minutes):
        raise ValueError('say when: @every("03:10") or @every(minutes=5)')

    def register(run: Run) -> Run:
        name = name_of(run)
        turns[name] = Turn(name, at=time.fromisoformat(at) if at else None, period=timedelta(minutes=minutes) or None)
        return run

    return register


def name_of(work: str | Callable[..., Any]) -> str:
    name = work if isinstance(work, str) else _names.get(work)
    if name is None or name not in works:
        raise LookupError(f"{work!r} is not a job: decorate it with @job, in the jobs.py of its module")
    return name


def _short(module: str) -> str:
    """parvis.people.jobs → people; parvis.kernel.mail.jobs → kernel.mail."""
    return module.removeprefix("parvis.").removesuffix(".jobs")
