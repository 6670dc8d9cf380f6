"""What keeps one test's database from another's.

A transactional test empties every table at its end; the rows that migrations made are put back before the next one.

Without it the company's audience would be gone for the tests that follow, on PostgreSQL and on SQLite alike; with it
on some tests only, PostgreSQL refuses the content types that the others made anew.
"""

from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

RESTORES = "django_db_serialized_rollback"  # pytest-django's fixture


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        if _is_transactional(item) and RESTORES not in _fixtures(item):
            _fixtures(item).append(RESTORES)
    yield
    # The long ones first, so that those who share the tests end together; after pytest-django's own order, in which
    # transactional tests follow those that find the rows of the migrations.
    items.sort(key=lambda item: _is_transactional(item) or not _is_long(item))


def _fixtures(item: pytest.Item) -> list[str]:
    found: list[str] = getattr(item, "fixturenames", [])
    return found


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in _fixtures(item) or bool(marker and marker.kwargs.get("transaction"))


def _is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None or "migrated" in _fixtures(item)


@pytest.fixture(autouse=True)
def a_closed_answer_ends_no_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a streamed answer makes Django look at its connection, and drop the one that is in the test's own
    transaction: PostgreSQL would then have lost the test's rows.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_transactions(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_transactions)
