"""A page begins with one read of the session, its person and what they may read; nothing of it outlives the page."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import scope_of
from parvis.people import actions
from parvis.people.models import Person

pytestmark = pytest.mark.engine


@pytest.fixture
def browser(amina: Person) -> Client:
    """Amina's, known since a page before."""
    browser = Client()
    browser.force_login(amina)
    browser.get("/moi/reglages/")
    return browser


def test_session_person_and_scope_are_one_read(browser: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/entreprise/").status_code == 200

    about = ("django_session", "audiences_audiencemember")
    asked = [query["sql"] for query in queries if any(table in query["sql"] for table in about)]
    assert len(asked) == 1
    assert all(table in asked[0] for table in about)


def test_the_scope_read_with_the_session_is_the_persons(browser: Client, amina: Person, lyon: Community) -> None:
    Audience.objects.create(kind="named_set", is_open=True)

    request = browser.get("/entreprise/").wsgi_request

    assert request.user.scope() == scope_of(person_id=amina.pk, is_guest=False)
    assert lyon.audience_id in request.user.scope().audience_ids


def test_a_guests_scope_has_nothing_of_what_is_open(driss: Person) -> None:
    browser = Client()
    browser.force_login(driss)
    browser.get("/moi/reglages/")
    Audience.objects.create(kind="named_set", is_open=True)

    scope = browser.get("/moi/reglages/").wsgi_request.user.scope()

    assert scope == scope_of(person_id=driss.pk, is_guest=True)
    assert scope.audience_ids == set()


def test_what_is_taken_away_is_gone_with_the_next_page(as_, amina: Person, chloe: Person, essais: Community) -> None:
    communities.invite(by=chloe, person=amina, community=essais)
    communities.join(person=amina, community=essais)
    browser = as_(amina)
    wall = f"/communautes/{essais.slug}/"
    assert [browser.get(wall).status_code for _ in range(2)] == [200, 200]

    communities.let_go(by=chloe, person=amina, community=essais, reason="Autre équipe")

    assert essais.audience_id not in browser.get("/entreprise/").wsgi_request.user.scope().audience_ids


def test_a_suspended_person_reads_nothing_more(browser: Client, amina: Person, karim: Person) -> None:
    Person.objects.filter(pk=amina.pk).update(suspended_at="2026-01-01T00:00Z")

    assert browser.get("/entreprise/").status_code == 302


def test_a_session_of_before_the_password_was_changed_opens_nothing(browser: Client, amina: Person) -> None:
    amina.set_password("une autre place devant une autre maison")
    amina.save()

    assert browser.get("/entreprise/").status_code == 302


def test_who_is_signed_in_is_what_the_session_says_now(browser: Client, bruno: Person) -> None:
    """Whom it named last is a guess."""
    session = browser.session
    session[SESSION_KEY] = str(bruno.pk)
    session["_auth_user_hash"] = bruno.get_session_auth_hash()
    session.save()

    assert [browser.get("/entreprise/").wsgi_request.user.pk for _ in range(2)] == [bruno.pk, bruno.pk]


def test_an_ended_session_is_nobodys(browser: Client, amina: Person) -> None:
    actions.sign_out_everywhere(person=amina)
    browser.session.flush()

    assert browser.get("/entreprise/").status_code == 302


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_connection_lost_between_two_pages_is_opened_again(as_, amina: Person) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    import psycopg

    browser = as_(amina)
    browser.get("/entreprise/")
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    connection.close_if_unusable_or_obsolete()  # as each request begins, outside of tests

    assert browser.get("/entreprise/").status_code == 200
