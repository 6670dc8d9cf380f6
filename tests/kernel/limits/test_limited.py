"""Too often is refused in words, with the time to wait, and does nothing."""

import itertools

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from parvis.kernel.limits import client_address, limited, seconds_to_wait

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@login_not_required
@limited("say", per_minute=3)
def say(request: HttpRequest) -> HttpResponse:
    return HttpResponse("dit")


urlpatterns = [path("dire/", say), path("", include("config.urls"))]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock one moves by hand, and counters that start empty."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("parvis.kernel.limits.time.time", lambda: now[0])
    cache.clear()
    yield now
    cache.clear()


def test_beyond_the_limit_one_is_told_when_to_come_back(client: Client, clock):
    assert [client.post("/dire/").status_code for _ in range(4)] == [200, 200, 200, 429]

    refusal = client.post("/dire/")
    wait = int(refusal["Retry-After"])
    assert 0 < wait <= 61
    assert "Attendez" in refusal.content.decode()

    clock[0] += wait
    assert client.post("/dire/").status_code == 200


def test_reading_is_not_counted(client: Client):
    assert {client.get("/dire/").status_code for _ in range(10)} == {200}


def test_two_people_do_not_share_a_limit(client: Client):
    for _ in range(4):
        client.post("/dire/", REMOTE_ADDR="192.0.2.1")

    assert client.post("/dire/", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_the_turn_of_the_minute_gives_nobody_twice_the_limit(clock):
    clock[0] += 59
    tries = [seconds_to_wait("x", "p1", limit=10, within=60) for _ in range(12)]
    assert tries.count(0) == 10

    clock[0] += 2
    tries = [seconds_to_wait("x", "p1", limit=10, within=60) for _ in range(12)]
    assert tries.count(0) <= 1


@pytest.mark.parametrize(("limit", "within", "start"), [*itertools.product([1, 3, 50], [60, 3600], [0, 0.5, 0.99])])
def test_who_waits_as_long_as_told_is_let_through(clock, limit, within, start):
    clock[0] = 1_800_000_000 // within * within + start * within
    wait = 0
    for _ in range(limit + 1):
        wait = seconds_to_wait("x", "p1", limit=limit, within=within)
        clock[0] += 0.001
    assert wait

    clock[0] += wait
    assert seconds_to_wait("x", "p1", limit=limit, within=within) == 0


@pytest.mark.parametrize(
    ("sender", "forwarded", "expected"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_only_from_our_own_proxies(sender, forwarded, expected):
    request = RequestFactory().get("/", REMOTE_ADDR=sender, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == expected
