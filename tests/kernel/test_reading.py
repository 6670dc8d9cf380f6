"""The pinned reads answer as Django's own cursors do, and fail as they do."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from parvis.kernel.audiences.models import Audience
from parvis.kernel.database.reading import rows, time_parameter, time_read
from parvis.people.models import Person

pytestmark = pytest.mark.engine
EVERYTHING = "SELECT id, name, mail, is_guest, photo_id FROM people_person WHERE name = %s OR id = %s ORDER BY id"


def test_a_read_gives_what_djangos_cursor_gives(amina: Person, bruno: Person) -> None:
    values = ["Amina Benali", bruno.pk]
    straight = rows(EVERYTHING, values)
    with CaptureQueriesContext(connection) as queries:  # somebody listens: Django's own
        assert rows(EVERYTHING, values) == straight

    assert len(queries) == 1
    assert [row[1] for row in straight] == [amina.name, bruno.name]
    assert rows(EVERYTHING, [None, None]) == []


def test_a_read_sees_what_its_own_transaction_wrote(db: None) -> None:
    with transaction.atomic():
        made = Audience.objects.create(kind="named_set")
        assert rows("SELECT kind FROM audiences_audience WHERE id = %s", [made.pk]) == [("named_set",)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_read_begins_the_transaction_that_was_asked_for() -> None:
    with transaction.atomic():
        rows("SELECT count(*) FROM audiences_audience", [])
        Audience.objects.create(kind="named_set")
        transaction.set_rollback(True)

    assert not Audience.objects.filter(kind="named_set").exists()


@pytest.mark.parametrize("at", ["2026-11-21 09:00:00", "2026-11-21 09:00:00.120003"])
def test_a_time_comes_back_as_it_went(amina: Person, at: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    Person.objects.filter(pk=amina.pk).update(activated_at=moment)
    elsewhere = moment.astimezone(timezone(timedelta(hours=-5)))

    read = "SELECT CAST(activated_at AS TEXT) FROM people_person WHERE id = %s AND activated_at = %s"
    [(said,)] = rows(read, [amina.pk, time_parameter(elsewhere)])
    assert time_read(said) == moment


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_postgresql_refuses_is_djangos_error() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite compares anything")
    for _again in range(2):
        with pytest.raises(DataError):
            rows("SELECT id FROM people_person WHERE id = %s", ["nobody"])
    assert rows("SELECT id FROM people_person WHERE id = %s", [1]) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_connection_lost_within_a_transaction_is_not_opened_again() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    with pytest.raises(OperationalError):
        lose_it_and_ask_again()
    connection.close()

    assert rows("SELECT 1", []) == [(1,)]


def lose_it_and_ask_again() -> None:
    with transaction.atomic():
        with pytest.raises(OperationalError):
            rows("SELECT pg_terminate_backend(pg_backend_pid())", [])
        rows("SELECT 1", [])
