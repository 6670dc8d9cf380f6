"""Figures for Prometheus: requests by route, jobs by lane, and what other parts of the process let it read.

Counters live in the process that counts: where several have a port, Prometheus asks each (docs/operate.md).
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

_registry = CollectorRegistry()
_requests = Counter("parvis_requests", "Requests answered", ["route", "status"], registry=_registry)
_seconds = Histogram(
    "parvis_request_seconds",
    "Time to answer, by route",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_registry,
)
_gauges: dict[str, Gauge] = {}


def request_answered(*, route: str, status: int, seconds: float) -> None:
    """`route` is the route's name, of which there are few, never an address."""
    _requests.labels(route, status).inc()
    _seconds.labels(route).observe(seconds)


def gauge(name: str, meaning: str, read: Callable[[], float]) -> None:
    """Lets /metrics read a figure of this process (open sockets, queued frames) when it is asked."""
    if name not in _gauges:
        _gauges[name] = Gauge(name, meaning, registry=_registry)
    _gauges[name].set_function(read)


def as_text() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(_registry)


class _Jobs:
    """Jobs by lane and state, read from the table when asked."""

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from parvis.kernel.jobs.models import Job

        count = GaugeMetricFamily("parvis_jobs", "Jobs that wait, run or are dead letters", labels=["lane", "state"])
        wait = GaugeMetricFamily("parvis_job_wait_seconds", "How long the oldest due job waits", labels=["lane"])
        now = timezone.now()
        try:
            for lane, state, number in _by_lane(Job):
                count.add_metric([lane, state], number)
            due = Job.objects.filter(state=Job.State.READY, run_after__lte=now).order_by().values("lane")
            for row in due.annotate(since=Min("run_after")):
                wait.add_metric([row["lane"]], (now - row["since"]).total_seconds())
        except DatabaseError:
            return  # the other figures are wanted most when the database is away
        yield count
        yield wait


def _by_lane(jobs: Any) -> Iterator[tuple[str, str, int]]:
    """One count a state, so that each is answered by its own partial index."""
    for state in (jobs.State.READY, jobs.State.RUNNING, jobs.State.DEAD):
        found = dict(
            jobs.objects.filter(state=state)
            .order_by()
            .values_list("lane")
            .annotate(n=Count("pk"))
            .values_list("lane", "n")
        )
        for lane in jobs.Lane.values:
            yield lane, state, found.get(lane, 0)


_registry.register(_Jobs())
