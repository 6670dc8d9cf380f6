"""The shuffling of unordered querysets finds what it is for."""

import pytest

from parvis.people.models import Person
from tests.shuffle import UnorderedSlice, shuffle_unordered_querysets  # noqa: F401  an autouse fixture


@pytest.fixture
def many(db: None) -> list[str]:
    names = [f"p{number:02}" for number in range(30)]
    Person.objects.bulk_create([Person(identifier=name, name=name, sort_key=name) for name in names])
    return names


def test_rows_without_order_come_in_none(many: list[str]) -> None:
    found = [person.identifier for person in Person.objects.filter(identifier__startswith="p")]

    assert sorted(found) == many
    assert found != many


def test_rows_in_order_stay_so(many: list[str]) -> None:
    assert [person.identifier for person in Person.objects.order_by("identifier")] == many


def test_a_slice_without_order_is_refused(many: list[str]) -> None:
    with pytest.raises(UnorderedSlice, match="20 of Person without order_by"):
        list(Person.objects.all()[:20])


def test_getting_one_stays_possible(many: list[str]) -> None:
    assert Person.objects.get(identifier="p03").name == "p03"
    assert Person.objects.filter(identifier="p03").first() is not None
    assert Person.objects.filter(identifier="p03").exists()


def test_a_slice_may_be_counted(many: list[str]) -> None:
    assert Person.objects.all()[:3].count() == 3
