"""Rows that nobody asked in an order come in none: a queryset without `order_by` is shuffled, a slice of one refused.

A database returns such rows in the order of their ids most of the time, so that a forgotten `order_by` passes every
test and fails in a company. The order is drawn from the test's name: a failure is the same when one runs it again.
"""

import random
from typing import Any

import pytest
from django.db.models import QuerySet
from django.db.models.query import REPR_OUTPUT_SIZE


class UnorderedSlice(AssertionError):
    """`queryset[:20]` without `order_by`: which twenty?"""


@pytest.fixture(autouse=True)
def shuffle_unordered_querysets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(request.node.nodeid)
    fetch_all, getitem = QuerySet._fetch_all, QuerySet.__getitem__

    def fetch_all_shuffled(self: QuerySet[Any]) -> None:
        is_first_time = self._result_cache is None
        fetch_all(self)
        if is_first_time and not self.ordered and len(self._result_cache) > 1:
            chance.shuffle(self._result_cache)

    def getitem_ordered(self: QuerySet[Any], k: Any) -> Any:
        if self._result_cache is None and not self.ordered and takes_several(k) and is_of_ours(self):
            raise UnorderedSlice(f"{self.model.__name__}[{k.start or 0}:{k.stop}] has no order_by")
        return getitem(self, k)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_all_shuffled)
    monkeypatch.setattr(QuerySet, "__getitem__", getitem_ordered)


def takes_several(k: Any) -> bool:
    """`[:1]` is how one says "the only one" in a subquery; 21 is what Django's own repr() takes."""
    return isinstance(k, slice) and k.stop not in {1, REPR_OUTPUT_SIZE + 1}


def is_of_ours(queryset: QuerySet[Any]) -> bool:
    return queryset.model.__module__.startswith("parvis.")
