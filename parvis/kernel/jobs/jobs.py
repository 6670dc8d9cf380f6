"""What is swept every night: jobs that are done, keys of old forms, ended sessions, turns of past months."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from parvis.kernel.idempotency.models import UsedKey
from parvis.kernel.jobs.models import Job, Slot
from parvis.kernel.jobs.pace import sweep
from parvis.kernel.jobs.registry import every, job


@every("03:10")
@job(lane="now")
def sweep_what_is_over() -> None:
    now = timezone.now()
    sweep(Job.objects.filter(state=Job.State.DONE, ended_at__lt=now - timedelta(days=7)))
    sweep(Job.objects.filter(state=Job.State.DEAD, ended_at__lt=now - timedelta(days=90)))
    sweep(Slot.objects.filter(slot__lt=(now - timedelta(days=60)).date().isoformat()))
    sweep(UsedKey.objects.filter(used_at__lt=now - timedelta(days=2)))
    sweep(Session.objects.filter(expire_date__lt=now))
