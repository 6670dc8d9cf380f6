"""A clock that jumps, forwards or back: nobody is locked out for long, nobody gets in, and what was said is there.

The schedule and the leases of jobs have their own: tests/kernel/jobs.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from parvis.communities.models import Community
from parvis.kernel.limits import seconds_to_wait
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.wall import actions as wall

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
Moves = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Moves:
    """`clock(timedelta(days=-1))`: what all clocks of this machine say from now on, counted from NOW."""
    at = [NOW]

    def move(away: timedelta) -> None:
        at[0] = NOW + away

    monkeypatch.setattr(timezone, "now", lambda: at[0])
    monkeypatch.setattr("parvis.kernel.limits.time.time", lambda: at[0].timestamp())
    return move


@pytest.mark.parametrize("away", [timedelta(days=-400), timedelta(hours=-3), timedelta(hours=3), timedelta(days=20)])
def test_sessions_outlive_a_jump_shorter_than_they_are(
    as_: Callable[[Person], Client], amina: Person, clock: Moves, away: timedelta
):
    browser = as_(amina)
    clock(away)
    assert browser.get("/moi/").status_code == 200


def test_a_jump_longer_than_a_session_ends_it_at_the_door(
    as_: Callable[[Person], Client], amina: Person, clock: Moves
):
    browser = as_(amina)
    clock(timedelta(days=4000))
    assert browser.get("/moi/").headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("away", [timedelta(days=-400), timedelta(seconds=-90), timedelta(days=400)])
def test_limits_never_refuse_for_longer_than_their_window(clock: Moves, away: timedelta):
    for _ in range(5):
        seconds_to_wait("jump", "p1", limit=3, within=60)
    assert 0 < seconds_to_wait("jump", "p1", limit=3, within=60) <= 61
    clock(away)
    assert seconds_to_wait("jump", "p1", limit=3, within=60) == 0
    clock(timedelta(0))
    assert seconds_to_wait("jump", "p1", limit=3, within=60) <= 61


def test_a_code_on_paper_made_before_a_jump_back_still_opens(client: Client, ines: Person, clock: Moves):
    code = people.make_paper_code(person=ines, by=None)
    clock(timedelta(days=-10))
    assert client.post("/code/", {"code": code}).status_code == 302
    clock(timedelta(days=40))
    assert Client().post("/code/", {"code": code}).status_code in (410, 422)


def test_what_is_published_after_a_jump_back_is_read(
    as_: Callable[[Person], Client], amina: Person, bruno: Person, lyon: Community, clock: Moves
):
    clock(timedelta(hours=5))
    wall.publish(author=amina, audience_id=lyon.audience_id, text="Écrit demain")
    clock(timedelta(0))
    wall.publish(author=amina, audience_id=lyon.audience_id, text="Écrit après, daté d’avant")
    page = as_(bruno).get(f"/communautes/{lyon.slug}/").content.decode()
    assert "Écrit demain" in page
    assert "Écrit après, daté d’avant" in page
