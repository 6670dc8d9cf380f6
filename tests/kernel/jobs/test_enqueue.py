"""Jobs are rows of the transaction that asked for them, at most one live a key."""

import pytest
from django.db import transaction
from django.utils import timezone

from parvis.kernel.jobs.actions import enqueue, run_again
from parvis.kernel.jobs.models import Job
from parvis.kernel.jobs.worker import run_due
from tests.kernel.jobs import sample

pytestmark = pytest.mark.django_db


def test_a_job_runs_with_its_arguments_and_is_kept_as_done(tmp_path):
    enqueue(sample.note, path=str(tmp_path / "notes"), word="bonjour")

    assert run_due() == 1
    assert "end bonjour" in (tmp_path / "notes").read_text()
    assert Job.objects.get().state == "done"


def test_a_transaction_that_fails_asks_for_nothing(tmp_path):
    with transaction.atomic():
        enqueue(sample.note, path=str(tmp_path / "notes"), word="jamais")
        transaction.set_rollback(True)

    assert run_due() == 0


def test_a_key_has_at_most_one_live_job(tmp_path):
    for _ in range(2):
        enqueue(sample.note, key="digest:3", path=str(tmp_path / "notes"), word="une fois")
    assert Job.objects.count() == 1

    run_due()
    enqueue(sample.note, key="digest:3", path=str(tmp_path / "notes"), word="encore")
    assert run_due() == 1


def test_a_job_for_later_waits(tmp_path):
    soon = timezone.now() + timezone.timedelta(minutes=5)
    enqueue(sample.note, run_after=soon, path=str(tmp_path / "notes"), word="tard")

    assert run_due() == 0


def test_what_is_no_job_is_refused_at_once():
    with pytest.raises(LookupError, match="is not a job"):
        enqueue(len)


def test_a_failing_job_is_tried_again_later_then_becomes_a_dead_letter_with_its_error(tmp_path):
    path = tmp_path / "notes"
    enqueue(sample.stumble, path=str(path))

    assert run_due() == 1
    waiting = Job.objects.get()
    assert waiting.state == "ready"
    assert waiting.run_after > timezone.now() + timezone.timedelta(seconds=5)

    Job.objects.update(run_after=timezone.now())
    assert run_due() == 1
    dead = Job.objects.get()
    assert dead.state == "dead"
    assert "il pleut" in dead.error
    assert path.read_text().count("stumble") == 2


def test_a_dead_letter_can_run_again_with_all_its_attempts(tmp_path):
    enqueue(sample.refuse)
    run_due()
    dead = Job.objects.get()
    assert dead.state == "dead"
    assert dead.attempts == 1

    assert run_again(dead.pk)
    assert not run_again(dead.pk), "it is no dead letter any more"
    assert run_due() == 1
    assert Job.objects.get().state == "dead"


def test_a_dead_letter_stays_when_its_key_is_live_again():
    enqueue(sample.refuse, key="k")
    run_due()
    enqueue(sample.refuse, key="k")

    assert not run_again(Job.objects.get(state="dead").pk)


def test_what_a_job_must_forget_is_gone_once_done():
    enqueue(sample.whisper, secret="https://parvis.example/entrer/abc")
    run_due()

    assert Job.objects.get().arguments == {}


def test_a_job_that_this_version_does_not_know_waits_for_one_that_does():
    Job.objects.create(lane="now", name="tomorrow.fly")
    run_due()

    job = Job.objects.get()
    assert job.state == "ready"
    assert "tomorrow.fly" in job.error


@pytest.mark.parametrize("count", [0, 30])
def test_looking_for_a_job_costs_the_same_however_many_are_done(count, django_assert_num_queries):
    Job.objects.bulk_create(Job(lane="now", name="x", state="done") for _ in range(count))

    with django_assert_num_queries(1):
        assert run_due(["now"]) == 0
