"""For the run on PostgreSQL and Redis (`pytest -p tests.on_engines -m engine`): picks the tests that touch a database,
and gives each parallel worker a Redis of its own.
"""

import os

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if os.environ.get("REDIS_URL"):
    # At import, before the settings are read: the numbered databases of Redis keep the workers apart.
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{int(_worker) % 16}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.engine)
