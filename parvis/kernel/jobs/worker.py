"""`parvis work`: one job at a time a lane, each lane a thread, the heavy one a process that leaves when idle."""

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from parvis.kernel.jobs import table
from parvis.kernel.jobs.bell import Bell
from parvis.kernel.jobs.registry import LANES, GiveUp, works
from parvis.kernel.jobs.schedule import Schedule

_log = structlog.get_logger()
# How often a worker looks for itself, renews its leases, and seeks jobs whose worker is gone. Seconds.
_LOOK, _BEAT, _SEEK = 1.0, 15.0, 10.0
_BREATH = 0.005
_HEAVY_IDLE = 10.0


def run_due(lanes: Iterable[str] = LANES) -> int:
    """Runs in this process all that is due now, then returns how many: `work --once`, and tests."""
    count = 0
    for lane in lanes:
        while taken := table.take(lane, table.own_name()):
            run(taken)
            count += 1
            time.sleep(_BREATH)
    return count


def run(taken: table.Taken) -> None:
    """Runs one job and writes how it ended. Nothing a job raises stops the worker."""
    began = time.perf_counter()
    work = works.get(taken.name)
    try:
        if work is None:
            raise LookupError(f"This version knows no job {taken.name!r}.")
        work.run(**taken.arguments)
    except (Exception, SystemExit) as trouble:
        is_dead = table.fail(taken, trouble, for_good=isinstance(trouble, GiveUp))
        _log.warning(
            "job_failed",
            job=taken.name,
            id=taken.id,
            attempt=taken.attempt,
            dead=is_dead,
            trouble=type(trouble).__name__,
        )
    else:
        is_mine = table.end(taken)
        ms = round((time.perf_counter() - began) * 1000)
        _log.info("job_done", job=taken.name, id=taken.id, attempt=taken.attempt, ms=ms, lease_lost=not is_mine)


class Worker:
    def __init__(self, lanes: Iterable[str] = LANES, *, leave_when_idle: float | None = None) -> None:
        """Alone, the lane "heavy" runs here; beside others it gets a process of its own when there is work.

        `leave_when_idle`: seconds without a job after which the worker ends.
        """
        asked = set(lanes)
        self._lanes = sorted(asked if asked == {"heavy"} else asked - {"heavy"})
        self._heavy = HeavyLane() if "heavy" in asked and asked != {"heavy"} else None
        self._calls = {lane: threading.Event() for lane in self._lanes}
        self._leave_when_idle = leave_when_idle
        self._last_job_at = time.monotonic()
        self._in_hand: dict[str, table.Taken] = {}
        self._is_stopping = False
        self._beat_at = 0.0
        self._bell = Bell()

    def stop(self) -> None:
        """Finishes the jobs in hand, takes no other. May be called from a signal handler or another thread."""
        self._is_stopping = True  # no lock here: the signal may have come while the thread held it
        self._bell.wake_self()

    def run(self) -> None:
        """Until `stop`. The calling thread keeps the schedule, the leases and the heavy lane."""
        threads = [threading.Thread(target=self._work, args=[lane], name=f"lane-{lane}") for lane in self._lanes]
        with self._bell:
            for thread in threads:
                thread.start()
            self._watch()
            for call in self._calls.values():
                call.set()
            if self._heavy:
                self._heavy.stop()
            while any(thread.is_alive() for thread in threads) or (self._heavy and self._heavy.is_running()):
                if time.monotonic() >= self._beat_at:
                    self._guarded(self._beat)
                time.sleep(0.05)
        connection.close()

    def _watch(self) -> None:
        schedule, seek_at = Schedule(), 0.0
        while not self._is_stopping:
            now = time.monotonic()
            if now >= seek_at:
                seek_at = now + _SEEK
                self._guarded(table.recover)
            if now >= self._beat_at:
                self._guarded(self._beat)
            if self._leave_when_idle is None:
                self._guarded(lambda: schedule.look(timezone.now()))
            elif not self._in_hand and now - self._last_job_at > self._leave_when_idle:
                self.stop()
            if self._heavy:
                self._guarded(self._heavy.look)
            for lane in self._bell.wait(_LOOK) & self._calls.keys():
                self._calls[lane].set()

    def _work(self, lane: str) -> None:
        while not self._is_stopping:
            if not self._guarded(lambda: self._take_and_run(lane)):
                self._calls[lane].wait(_LOOK)
                self._calls[lane].clear()
            time.sleep(_BREATH)
        connection.close()

    def _take_and_run(self, lane: str) -> bool:
        taken = table.take(lane, table.own_name())
        if taken is None:
            return False
        self._in_hand[lane] = taken
        try:
            run(taken)
        finally:
            del self._in_hand[lane]
            self._last_job_at = time.monotonic()
        return True

    def _beat(self) -> None:
        self._beat_at = time.monotonic() + _BEAT
        if in_hand := list(self._in_hand.values()):
            table.keep(in_hand)

    def _guarded(self, step: Callable[[], object]) -> bool:
        """A database that is away or locked is waited for, never died of."""
        try:
            close_old_connections()
            return bool(step())
        except Error as trouble:
            _log.warning("worker_without_database", trouble=str(trouble)[:200])
            with contextlib.suppress(Error):
                connection.close()
            time.sleep(1)
            return False


class HeavyLane:
    """A child that works in the lane "heavy" and leaves when idle: its memory goes with it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if not self.is_running() and table.is_waiting("heavy"):
            command = ["work", "--lanes", "heavy", "--leave-when-idle", str(_HEAVY_IDLE)]
            self._child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", "from parvis.cli import main; main()", *command], cwd=settings.BASE_DIR
            )

    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def stop(self) -> None:
        if self._child and self.is_running():
            self._child.terminate()
