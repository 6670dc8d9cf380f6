"""What keeps one test's database from another's.

A transactional test empties every table at its end; the rows that migrations made are put back before the next one.

Without it the company's audience would be gone for the tests that follow, on PostgreSQL and on SQLite alike; with it
on some tests only, PostgreSQL refuses the content types that the others made anew.
"""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

RESTORES = "django_db_serialized_rollback"  # pytest-django's fixture


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        is_transactional = "transactional_db" in fixtures or (marker and marker.kwargs.get("transaction"))
        if is_transactional and RESTORES not in fixtures:
            fixtures.append(RESTORES)


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
