"""Jobs are rows of the transaction that asked for them. ADR 0006 says why the table is ours."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    class Lane(models.TextChoices):
        NOW = "now"
        MAIL = "mail"
        HEAVY = "heavy"

    class State(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    lane = models.CharField(max_length=8, choices=Lane.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    name = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    # At most one waiting or running job a key.
    key = models.CharField(max_length=160, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key="") & Q(state__in=["ready", "running"]), name="job_one_live_a_key"
            ),
        ]
        indexes = [
            # The next job of a lane.
            models.Index(fields=["lane", "run_after", "id"], condition=Q(state="ready"), name="job_next"),
            # Leases that ran out with their worker.
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_leases"),
            # Dead letters, newest first.
            models.Index(fields=["-ended_at"], condition=Q(state="dead"), name="job_dead"),
            # What the nightly sweep removes.
            models.Index(fields=["ended_at"], condition=Q(state="done"), name="job_done"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    @property
    def last_line(self) -> str:
        """What went wrong, in a line: the end of its traceback."""
        return (self.error.strip().splitlines() or [""])[-1]


class Slot(models.Model):
    """One turn of the schedule, so that many workers (or a clock that jumps) run it once."""

    name = models.CharField(max_length=120)
    slot = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="schedule_slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
