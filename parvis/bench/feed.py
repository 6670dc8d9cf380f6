"""`parvis bench feed`: the first page of the feed and a page 100,000 publications deep, for four kinds of readers.

Server CPU a request of the product's page against the frozen floor, both behind the same port of the same process,
seven interleaved pairs. The data is built once (some minutes) and used again.

What is measured is a page whose cards are kept (drawing.py), as most of a busy morning's are; `cpu_ms_first_time` says
what the first page of each reader costs, before anything is.
"""

import http.client
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.bench.dataset import Readers, Size, build
from parvis.bench.measuring import Spread, pairs, percentile, where_and_when
from parvis.bench.serving import cpu_ms, get, served
from parvis.contributions.models import Contribution
from parvis.home.queries import feed_scope
from parvis.kernel.pagination import Cursor
from parvis.people.models import Person

DEPTH = 100_000
REQUESTS = 60
_FAR = "9999-01-01 00:00:00"


@dataclass
class Case:
    """One reader at one depth."""

    reader: str
    depth: str
    path: str
    cookie: str
    floor: str
    queries: int
    bytes: int


def run(*, share: float = 1.0, requests: int = REQUESTS) -> dict[str, Any]:
    """`share` of the full size is built if the database is empty. Raises SystemExit when it holds a network that the
    bench did not build."""
    started = time.monotonic()
    _prepare(Size().times(share))
    built = time.monotonic() - started
    cases = list(_cases())
    with served() as (port, pid):
        results = [_measured(case, port, pid, requests) for case in cases]
        load = _under_load(cases[0], port, seconds=requests / 10)
    typical = results[0]
    by_reader: dict[str, list[dict[str, Any]]] = {}
    for result in results:
        by_reader.setdefault(result["reader"], []).append(result)
    return {
        "bench": "feed",
        "cpu_ms_per_request": typical["cpu_ms"][1],
        "floor_cpu_ms": typical["floor_cpu_ms"][1],
        "ratio_to_floor": typical["ratio_to_floor"],
        "worst_ratio_to_floor": max(r["ratio_to_floor"] for r in results),
        "depth_ratio": max(round(rows[1]["cpu_ms"][1] / rows[0]["cpu_ms"][1], 3) for rows in by_reader.values()),
        "queries": sorted({r["queries"] for r in results}),
        "bytes": typical["bytes"],
        "cpu_ms_first_time": typical["cpu_ms_first_time"],
        **load,
        "publications": Contribution.objects.publications().count(),
        "cases": results,
        "seconds_to_build": round(built, 1),
        **where_and_when(),
    }


def _prepare(size: Size) -> None:
    call_command("migrate", verbosity=0)
    people = Person.objects.count()
    if people and not Person.objects.filter(identifier="p00001", name__contains="Personne").exists():
        raise SystemExit("This database holds a network that the bench did not build. Give it another PARVIS_DATA.")
    if not people:
        build(size)


def _cases() -> Iterator[Case]:
    for reader in ("typical", "member_of_everything", "dead_communities_only", "guest"):
        person = Person.objects.get(pk=getattr(Readers, reader))
        scope = feed_scope(person)
        audiences = sorted(scope.audience_ids)
        for depth in ("first", "deep"):
            cursor = _deep(audiences) if depth == "deep" else None
            path = f"/?vue=fil&avant={cursor}" if cursor else "/?vue=fil"
            browser = Client(SERVER_NAME="localhost")
            browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(person)
            browser.get(path)
            cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
            with CaptureQueriesContext(connection) as queries:
                body = browser.get(path).content
            floor = {
                "person_id": person.pk,
                "audience_ids": audiences,
                "at": str(cursor.at.replace(tzinfo=None)) if cursor else _FAR,
                "before_id": cursor.id if cursor else 0,
                "least_bytes": len(body),
            }
            encoded = json.dumps(floor).encode().hex()
            yield Case(reader, depth, path, cookie, f"/floor?{encoded}", len(queries), len(body))


def _deep(audiences: list[int]) -> Cursor:
    """The place 100,000 publications down this reader's feed, or at the end of a shorter one (less one page)."""
    found = Contribution.objects.publications().filter(audience_id__in=audiences, deleted_at__isnull=True)
    at = min(DEPTH, max(found.count() - 21, 0))
    row = found.newest_first()[at : at + 1].get()
    return Cursor(row.published_at, row.pk)


def signed_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _measured(case: Case, port: int, pid: int, requests: int) -> dict[str, Any]:
    def cpu(path: str, count: int = requests) -> float:
        return cpu_ms(port, pid, path, case.cookie, count)

    first_time = cpu(case.path, 1)
    cpu(case.path), cpu(case.floor)
    measured, floor = pairs(lambda: cpu(case.path), lambda: cpu(case.floor))
    return {
        "reader": case.reader,
        "depth": case.depth,
        "cpu_ms": measured.rounded(),
        "floor_cpu_ms": floor.rounded(),
        "ratio_to_floor": round(_ratio(measured, floor), 3),
        "cpu_ms_first_time": round(first_time, 3),
        "queries": case.queries,
        "bytes": case.bytes,
    }


def _ratio(measured: Spread, floor: Spread) -> float:
    return measured.median / floor.median


def _under_load(case: Case, port: int, *, seconds: float, clients: int = 4) -> dict[str, Any]:
    """Requests a second and their times with four clients at once, on the machine they share with the server."""
    times: list[float] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        browser = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            start = time.perf_counter()
            get(browser, case.path, case.cookie)
            times.append((time.perf_counter() - start) * 1000)
        browser.close()

    threads = [Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "requests_per_s": round(len(times) / seconds, 1),
        "p50_ms": round(percentile(times, 0.5), 2),
        "p99_ms": round(percentile(times, 0.99), 2),
    }
