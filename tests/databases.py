"""A transactional test empties every table at its end; the rows that migrations made are put back before the next one.

Without it the company's audience would be gone for the tests that follow, on PostgreSQL and on SQLite alike; with it
on some tests only, PostgreSQL refuses the content types that the others made anew.
"""

import pytest

RESTORES = "django_db_serialized_rollback"  # pytest-django's fixture


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        is_transactional = "transactional_db" in fixtures or (marker and marker.kwargs.get("transaction"))
        if is_transactional and RESTORES not in fixtures:
            fixtures.append(RESTORES)
