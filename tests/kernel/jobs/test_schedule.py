"""A turn of the schedule runs once: at its hour, with a clock that jumps, and with many workers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from parvis.kernel.jobs.jobs import sweep_what_is_over
from parvis.kernel.jobs.models import Job, Slot
from parvis.kernel.jobs.registry import Turn, every, job, turns
from parvis.kernel.jobs.schedule import Schedule
from parvis.kernel.jobs.worker import run_due

PARIS = ZoneInfo("Europe/Paris")
MIDNIGHT = datetime(2026, 3, 28, 0, 0, tzinfo=PARIS)


@pytest.fixture
def nightly(monkeypatch):
    """A schedule of one job, and the list of its runs."""
    runs: list[str] = []

    @every("03:10")
    @job(name="test.nightly")
    def note_the_night() -> None:
        runs.append("run")

    monkeypatch.setattr("parvis.kernel.jobs.schedule.turns", {"test.nightly": turns.pop("test.nightly")})
    return runs


def look(at: datetime, schedule: Schedule | None = None) -> None:
    (schedule or Schedule()).look(at)
    run_due()


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_day_whoever_looks(nightly):
    look(MIDNIGHT)
    nightly.clear()
    schedule = Schedule()
    for minutes in range(0, 24 * 60, 20):
        look(MIDNIGHT + timedelta(minutes=minutes), schedule)
        look(MIDNIGHT + timedelta(minutes=minutes))

    assert nightly == ["run"]


@pytest.mark.django_db
def test_a_clock_that_jumps_back_runs_nothing_twice(nightly):
    look(MIDNIGHT + timedelta(hours=5))
    look(MIDNIGHT + timedelta(hours=2))
    nightly.clear()
    look(MIDNIGHT + timedelta(hours=5))

    assert nightly == []


@pytest.mark.django_db
def test_a_month_without_worker_is_caught_up_in_one_run(nightly):
    look(MIDNIGHT + timedelta(hours=5))
    nightly.clear()
    look(MIDNIGHT + timedelta(days=31, hours=5))

    assert nightly == ["run"]


@pytest.mark.django_db
def test_between_two_turns_the_schedule_asks_the_database_nothing(nightly, django_assert_num_queries):
    schedule = Schedule()
    look(MIDNIGHT, schedule)
    with django_assert_num_queries(0):
        schedule.look(MIDNIGHT + timedelta(hours=1))


def test_the_night_the_clocks_change_has_one_turn():
    turn = Turn("x", at=datetime(2026, 3, 29, 2, 30).time())
    night = datetime(2026, 3, 29, 0, 0, tzinfo=PARIS)
    seen = {turn.slot(night.astimezone(ZoneInfo("UTC")) + timedelta(minutes=m)) for m in range(0, 12 * 60, 10)}

    assert seen == {"2026-03-28T02:30", "2026-03-29T02:30"}


def test_a_job_every_five_minutes_has_twelve_turns_an_hour():
    turn = Turn("x", period=timedelta(minutes=5))

    assert len({turn.slot(MIDNIGHT + timedelta(seconds=s)) for s in range(0, 3600, 7)}) == 12


@pytest.mark.django_db
def test_the_night_sweeps_what_is_over_and_nothing_else():
    long_ago, now = timezone.now() - timedelta(days=100), timezone.now()
    Job.objects.create(lane="now", name="old", state="done", ended_at=long_ago)
    Job.objects.create(lane="now", name="old and dead", state="dead", ended_at=long_ago)
    Job.objects.create(lane="now", name="fresh", state="done", ended_at=now)
    Job.objects.create(lane="now", name="waits", state="ready", run_after=now + timedelta(days=1))
    Slot.objects.create(name="x", slot="2020-01-01T03:10")
    Slot.objects.create(name="x", slot=f"{now.date()}T03:10")
    Session.objects.create(session_key="old", session_data="", expire_date=long_ago)
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))

    sweep_what_is_over()

    assert set(Job.objects.values_list("name", flat=True)) == {"fresh", "waits"}
    assert Slot.objects.count() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
