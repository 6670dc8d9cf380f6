"""Eighteen months drawn from a seed: the same twice, at hours at which people work, and in an order that holds."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from parvis.demo import hours
from parvis.demo.cast import by_handle
from parvis.demo.network import Plan
from parvis.demo.plan import draw, newcomers_monday

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return draw(now=NOW)


def test_the_same_seed_and_moment_give_the_same_network_twice(plan: Plan) -> None:
    assert draw(now=NOW) == plan


def test_another_seed_gives_another_network(plan: Plan) -> None:
    assert draw(now=NOW, seed="autre").contributed != plan.contributed


def test_there_is_as_much_as_announced(plan: Plan) -> None:
    publications = [one for one in plan.contributed if one.root is None]

    assert 900 <= len(publications) <= 1_200
    assert 3_000 <= len(plan.contributed) - len(publications) <= 4_200
    assert 5_000 <= sum(len(one.reactions) for one in plan.contributed) <= 7_500
    assert {place.kind for place in plan.places} == {
        "trade", "interest", "project", "cross_company", "pilot", "site",
    }  # fmt: skip
    assert {place.access for place in plan.places} == {"open", "on_request", "private"}
    assert {one.language for one in publications} == {"fr", "en"}


def test_nothing_happens_before_its_cause_nor_after_now(plan: Plan) -> None:
    joined = {(one.place, one.person): one.at for one in plan.joined}
    for one in plan.contributed:
        assert one.at <= NOW
        assert plan.came_in[one.author.identifier] < one.at
        assert joined.get((one.place, one.author), one.at - timedelta(1)) < one.at
        if one.root is not None:
            assert one.parent is not None
            assert one.root.at < one.at
            assert one.parent.at < one.at or one.parent is one.root
        assert all(one.at < reaction.at <= NOW for reaction in one.reactions)


def test_a_person_reacts_once_to_one_thing_and_not_to_their_own(plan: Plan) -> None:
    for one in plan.contributed:
        people = [reaction.person for reaction in one.reactions]
        assert len(people) == len(set(people))
        assert one.author not in people


def test_neighbours_do_not_read_alike(plan: Plan) -> None:
    walls: dict[str, list[str]] = {}
    for one in plan.contributed:
        if one.root is None:
            walls.setdefault(one.place, []).append(one.text)
    for place, texts in walls.items():
        for before, after in pairwise(texts):
            assert before != after, place


def test_the_feed_is_alive_today(plan: Plan) -> None:
    ages = sorted(NOW - one.at for one in plan.contributed if one.root is None)

    assert ages[0] < timedelta(hours=1)
    assert sum(age < timedelta(hours=24) for age in ages) >= 15
    assert sum(age < timedelta(days=7) for age in ages) >= 60


@pytest.mark.parametrize("day", [0, 5, 6])
def test_any_day_of_the_week_will_do(day: int) -> None:
    now = datetime(2026, 11, 23, 14, 0, tzinfo=UTC) + timedelta(days=day)
    plan = draw(now=now)

    assert sum(now - one.at < timedelta(hours=24) for one in plan.contributed) >= 12
    assert now - plan.came_in["ines.rousseau"] < timedelta(days=8)


def test_most_is_written_at_work(plan: Plan) -> None:
    old = [one for one in plan.contributed if NOW - one.at > timedelta(days=3)]

    assert all(hours.works_at(one.author, one.at) for one in old if one.root is None)
    weekend = Counter(one.at.weekday() >= 5 for one in old)
    assert weekend[True] < len(old) / 20


def test_the_newcomer_arrived_on_a_monday_and_has_said_nothing(plan: Plan) -> None:
    arrived = plan.came_in["ines.rousseau"]

    assert arrived == newcomers_monday(NOW)
    assert arrived.astimezone(hours.PARIS).weekday() == 0
    assert not any(one.author.identifier == "ines.rousseau" for one in plan.contributed)


def test_holidays_and_shifts_are_kept() -> None:
    office, night, quebec = (by_handle()[name] for name in ("amina", "bruno", "sarah"))
    labour_day = datetime(2026, 5, 1, 10, tzinfo=hours.PARIS)
    easter_monday = datetime(2026, 4, 6, 10, tzinfo=hours.PARIS)

    assert not hours.works_at(office, labour_day)
    assert not hours.works_at(office, easter_monday)
    assert hours.works_at(quebec, datetime(2026, 5, 1, 10, tzinfo=hours.TORONTO))
    assert hours.works_at(night, datetime(2026, 11, 24, 3, tzinfo=hours.PARIS))
    assert not hours.works_at(night, datetime(2026, 11, 24, 14, tzinfo=hours.PARIS))
    for _time in range(50):
        moment = hours.some_moment(night, datetime(2026, 11, 24).date(), Random(_time))
        assert hours.works_at(night, moment)
