"""Who may hold a job: a living worker within its lease; everybody else has lost it."""

import itertools
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from parvis.kernel.jobs import table
from parvis.kernel.jobs.actions import enqueue
from parvis.kernel.jobs.bell import Bell, ring
from parvis.kernel.jobs.models import Job
from tests.kernel.jobs import sample

pytestmark = pytest.mark.django_db
ELSEWHERE = "another-machine.4026531836:17:12345"


def running(*, worker: str = ELSEWHERE, attempts: int = 1, **ends: float) -> Job:
    return Job.objects.create(
        lane="now", name="tests.kernel.jobs.sample.note", state="running", worker=worker, attempts=attempts,
        lease_until=timezone.now() + timedelta(**ends),
    )  # fmt: skip


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_job_of_another_machine_is_left_alone_within_its_lease():
    job = running(seconds=30)

    assert table.recover() == 0
    assert state(job) == "running"


def test_when_its_lease_ran_out_it_runs_again_at_once():
    job = running(seconds=-1)

    assert table.recover() == 1
    assert state(job) == "ready"
    assert job.run_after <= timezone.now()
    assert ELSEWHERE in job.error


def test_a_lease_written_by_a_clock_far_ahead_holds_nobody_back():
    job = running(days=400)
    table.recover()

    assert state(job) == "ready"


def test_a_worker_of_this_machine_that_is_gone_is_known_without_waiting_for_the_lease():
    machine, _, _ = table.own_name().rpartition(":")[0].rpartition(":")
    gone, alive = running(worker=f"{machine}:4194303:1", seconds=30), running(worker=table.own_name(), seconds=30)
    # A pid that was given to another process since is not that worker.
    reused = running(worker=table.own_name().rpartition(":")[0] + ":1", seconds=30)
    table.recover()

    assert [state(job) for job in (gone, alive, reused)] == ["ready", "running", "ready"]


def test_a_job_that_kills_its_worker_again_and_again_becomes_a_dead_letter():
    job = running(attempts=5, seconds=-1)
    table.recover()

    assert state(job) == "dead"


def test_who_lost_the_lease_cannot_end_what_another_has_begun(tmp_path):
    enqueue(sample.note, path=str(tmp_path / "notes"), word="a")
    late = table.take("now", table.own_name())
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    table.recover()
    second = table.take("now", "another-worker")
    assert late
    assert second

    assert not table.end(late)
    assert Job.objects.get().state == "running"
    assert table.end(second)


def test_a_living_worker_renews_what_it_has_in_hand_and_nothing_else(tmp_path):
    enqueue(sample.note, path=str(tmp_path / "notes"), word="a")
    mine, other = table.take("now", table.own_name()), running(seconds=1)
    Job.objects.update(lease_until=timezone.now() + timedelta(seconds=1))
    assert mine
    table.keep([mine])

    assert Job.objects.get(pk=mine.id).lease_until > timezone.now() + timedelta(seconds=50)
    other.refresh_from_db()
    assert other.lease_until < timezone.now() + timedelta(seconds=2)


def test_pauses_grow_and_are_never_the_same():
    pauses = [[table.pause(attempt).total_seconds() for _ in range(20)] for attempt in range(1, 9)]

    assert all(max(shorter) < min(longer) for shorter, longer in itertools.pairwise(pauses[:6]))
    assert all(len(set(some)) > 10 for some in pauses)
    assert max(max(some) for some in pauses) < 8 * 3600


def test_a_worker_hears_which_lane_is_called(settings, tmp_path):
    settings.REDIS_URL = ""
    settings.PARVIS_DATA = tmp_path / ("a" * 100)  # longer than a socket's address may be
    with Bell() as bell:
        ring("mail")
        assert bell.wait(5) == {"mail"}
        assert bell.wait(0.01) == set()
    assert not list(settings.PARVIS_DATA.glob("run/*"))


def test_a_socket_left_by_a_killed_worker_is_cleared(settings, tmp_path):
    settings.PARVIS_DATA = tmp_path
    with Bell():
        [own] = tmp_path.glob("run/*")
        os.link(own, tmp_path / "run" / "work-killed.sock")
    ring("now")

    assert not list(tmp_path.glob("run/*"))


@pytest.mark.engine
def test_workers_of_other_hosts_hear_it_through_redis(settings, tmp_path):
    if not settings.REDIS_URL:
        pytest.skip("no REDIS_URL here")
    settings.PARVIS_DATA = tmp_path / "here"
    with Bell() as bell:
        settings.PARVIS_DATA = tmp_path / "elsewhere"
        heard: set[str] = set()
        for _ in range(50):  # until the subscription stands
            ring("heavy")
            heard |= bell.wait(0.1)
            if heard:
                break
    assert heard == {"heavy"}
