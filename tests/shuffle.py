"""Rows that nobody asked in an order come in none: a queryset without `order_by` is shuffled, a slice of one refused.

A database returns such rows in the order of their ids most of the time, so that a forgotten `order_by` passes every
test and fails in a company. The order is drawn from the test's name: a failure is the same when one runs it again.
"""

import random
from typing import Any

import pytest
from django.db.models import QuerySet
from django.db.models.query import MAX_GET_RESULTS, REPR_OUTPUT_SIZE

# What Django itself takes: the only one of a subquery, the 21 of repr() and of get().
TAKEN_BY_DJANGO = {1, REPR_OUTPUT_SIZE + 1, MAX_GET_RESULTS}


class UnorderedSlice(AssertionError):
    """`queryset[:20]` without `order_by`: which twenty? Counting them is allowed, showing them is not."""


@pytest.fixture(autouse=True)
def shuffle_unordered_querysets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(request.node.nodeid)
    fetch_all = QuerySet._fetch_all

    def fetch_all_shuffled(self: QuerySet[Any]) -> None:
        if self._result_cache is None and not self.ordered and is_of_ours(self):
            how_many = (self.query.high_mark or 0) - self.query.low_mark
            if self.query.is_sliced and how_many not in TAKEN_BY_DJANGO:
                raise UnorderedSlice(f"{how_many} of {self.model.__name__} without order_by")
            fetch_all(self)
            chance.shuffle(self._result_cache)
        fetch_all(self)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_all_shuffled)


def is_of_ours(queryset: QuerySet[Any]) -> bool:
    return queryset.model.__module__.startswith("parvis.")
