"""`parvis bench people`: the directory with its facets, suggestions as one types, scopes, access that reaches tabs.

Server CPU a request of the product's directory against the frozen floor, both behind the same port of the same
process, seven interleaved pairs, for readers of several kinds. The data is built once (less than a minute) and used
again.
"""

import contextlib
import http.client
import json
import random
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.bench.fanout_client import masked, until
from parvis.bench.feed import signed_in
from parvis.bench.measuring import Spread, pairs, percentile, where_and_when
from parvis.bench.people_data import MADE_BY, SEED, Readers, Size, build
from parvis.bench.serving import cpu_ms, get, served
from parvis.communities.models import Community, Membership
from parvis.kernel.audiences.actions import let_in, let_out
from parvis.people.models import Person

REQUESTS = 20
TYPED = 400
SCOPES = 400
CHANGES = 15


@dataclass
class Case:
    """One reader and what they narrowed the directory to."""

    reader: str
    narrowed: str
    path: str
    cookie: str
    floor: str
    queries: int
    bytes: int


def run(*, share: float = 1.0, requests: int = REQUESTS) -> dict[str, Any]:
    """`share` of the full size is built if the database is empty. Raises SystemExit when it holds a network that this
    bench did not build."""
    started = time.monotonic()
    _prepare(Size().times(share) if share < 1 else Size())
    built = time.monotonic() - started
    cases = list(_cases())
    with served() as (port, pid):
        results = [_measured(case, port, pid, requests) for case in cases]
        typed = {reader: _typing(reader, port, TYPED if share == 1.0 else 40) for reader in _READERS}
        reaches = _reaches_tabs(port)
    scopes = {reader: _scope(reader) for reader in _READERS}
    worst_typed = max(typed.values(), key=lambda times: times["p95_ms"])
    return {
        "bench": "people",
        "directory_ratio_to_floor": max(result["ratio_to_floor"] for result in results),
        "directory_cpu_ms": max(result["cpu_ms"][1] for result in results),
        "suggest_p95_ms": worst_typed["p95_ms"],
        "suggest_p50_ms": worst_typed["p50_ms"],
        "scope_ms": max(scope["p95_ms"] for scope in scopes.values()),
        "scope_queries": max(scope["queries"] for scope in scopes.values()),
        "access_reaches_tabs_ms": max(reaches),
        "access_reaches_tabs_ms_range": Spread.of(reaches).rounded(1),
        "people": Person.objects.count(),
        "communities": Community.objects.count(),
        "memberships": Membership.objects.count(),
        "cases": results,
        "typed": typed,
        "scopes": scopes,
        "seconds_to_build": round(built, 1),
        **where_and_when(),
    }


_READERS = ("typical", "member_of_300", "guest", "newcomer")


def _reader(name: str) -> Person:
    return Person.objects.get(pk=getattr(Readers, name))


def _prepare(size: Size) -> None:
    call_command("migrate", verbosity=0)
    if not Person.objects.count():
        build(size)
    elif not Person.objects.filter(pk=1, employee_number=MADE_BY).exists():
        raise SystemExit("This database holds a network that this bench did not build. Give it another PARVIS_DATA.")


def _cases() -> Iterator[Case]:
    site = Person.objects.get(pk=Readers.guest).site
    for reader in _READERS:
        person = _reader(reader)
        for narrowed, chosen in (("everybody", ""), ("a site", site)):
            path = f"/annuaire/?site={quote(chosen)}" if chosen else "/annuaire/"
            browser = Client(SERVER_NAME="localhost")
            browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(person)
            browser.get(path)
            cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
            with CaptureQueriesContext(connection) as queries:
                body = browser.get(path).content
            floor = {
                "audience_ids": sorted(person.scope().audience_ids) if person.is_guest else None,
                "site": chosen,
                "least_bytes": len(body),
            }
            encoded = json.dumps(floor).encode().hex()
            yield Case(reader, narrowed, path, cookie, f"/people-floor?{encoded}", len(queries), len(body))


def _measured(case: Case, port: int, pid: int, requests: int) -> dict[str, Any]:
    def cpu(path: str) -> float:
        return cpu_ms(port, pid, path, case.cookie, requests)

    cpu(case.path), cpu(case.floor)
    measured, floor = pairs(lambda: cpu(case.path), lambda: cpu(case.floor))
    return {
        "reader": case.reader,
        "narrowed": case.narrowed,
        "cpu_ms": measured.rounded(),
        "floor_cpu_ms": floor.rounded(),
        "ratio_to_floor": round(measured.median / floor.median, 3),
        "queries": case.queries,
        "bytes": case.bytes,
    }


def _typing(reader: str, port: int, count: int) -> dict[str, float]:
    """The time of each request of Ctrl+K, from the socket's two ends: the letters of names one after the other, one
    name in eight with an error in it."""
    chance = random.Random(SEED)  # noqa: S311
    most = Person.objects.count()
    people = Person.objects.get_queryset().filter(pk__in=[chance.randrange(1, most) for _ in range(count)])
    names = list(people.order_by("pk").values_list("name", flat=True)) or ["Amina"]
    typed: list[str] = []
    while len(typed) < count:
        name = chance.choice(names)
        word = name.split()[-1] if chance.random() < 0.4 else name
        if chance.random() < 0.125 and len(word) > 5:
            at = chance.randrange(1, 4)
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        typed += [word[:length] for length in range(1, min(len(word), 9) + 1)]
    cookie = f"{settings.SESSION_COOKIE_NAME}={signed_in(_reader(reader))}"
    browser = http.client.HTTPConnection("127.0.0.1", port)
    get(browser, "/chercher/?q=zxqvw", cookie)
    times = []
    for letters in typed[:count]:
        began = time.perf_counter()
        get(browser, f"/chercher/?q={quote(letters)}", cookie, {"HX-Request": "true"})
        times.append((time.perf_counter() - began) * 1000)
    browser.close()
    return {"p50_ms": round(percentile(times, 0.5), 2), "p95_ms": round(percentile(times, 0.95), 2)}


def _scope(reader: str) -> dict[str, Any]:
    person = _reader(reader)

    def once() -> float:
        person.forget_scope()
        began = time.perf_counter()
        person.scope()
        return (time.perf_counter() - began) * 1000

    once()
    times = [once() for _ in range(SCOPES)]
    person.forget_scope()
    with CaptureQueriesContext(connection) as queries:
        audiences = len(person.scope().audience_ids)
    return {
        "p50_ms": round(percentile(times, 0.5), 3),
        "p95_ms": round(percentile(times, 0.95), 3),
        "queries": len(queries),
        "audiences": audiences,
    }


def _reaches_tabs(port: int) -> list[float]:
    """From the end of the write that takes somebody out of a community until their open tab is told, in ms."""
    person = _reader("member_of_300")
    place = Community.objects.filter(memberships__person=person).exclude(access="open").order_by("pk").first()
    if place is None:
        return [0.0]
    times = []
    for _ in range(CHANGES):
        let_in(person_id=person.pk, audience_id=place.audience_id)
        with contextlib.closing(_tab(port, signed_in(person))) as tab:
            tab.sendall(masked(json.dumps({"subscribe": {f"a:{place.audience_id}": -1}}).encode()))
            until(tab, b"}")
            let_out(person_id=person.pk, audience_id=place.audience_id)
            began = time.perf_counter()
            _until_lost(tab)
            times.append((time.perf_counter() - began) * 1000)
    let_in(person_id=person.pk, audience_id=place.audience_id)
    return times


def _until_lost(tab: socket.socket) -> None:
    heard = b""
    while b'"lost"' not in heard:
        piece = tab.recv(4096)
        if not piece:
            raise SystemExit("The tab was closed.")
        heard += piece


def _tab(port: int, session: str) -> socket.socket:
    end = socket.create_connection(("127.0.0.1", port), timeout=35)
    end.sendall(
        f"GET /live/ HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}\r\n\r\n".encode()
    )
    until(end, b"\r\n\r\n")
    return end
