"""Entering as somebody of the demonstration: three conditions, and without any one of them there is no such door."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as house
from parvis.demo.models import DemoCompany
from parvis.people import actions as people
from parvis.people.models import Person

urlpatterns = [path("", include("parvis.demo.urls")), *house]

DOOR = "/demo/entrer/amina.benali/"
SIGN_IN = "/connexion/"


@pytest.fixture
def persona(db: None) -> Person:
    person = people.add_person(identifier="amina.benali", name="Amina Benali", is_demo=True)
    people.activate(person=person)
    return person


@pytest.fixture
def marked(db: None) -> None:
    DemoCompany.objects.create(seed="vauban", drawn_at=datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
def demo_setting(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PARVIS_DEMO = True


@pytest.fixture
def with_doors(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ROOT_URLCONF = __name__


def is_closed(client: Client) -> bool:
    """No door, nothing on the sign-in page, and nobody signed in."""
    answer = client.post(DOOR)
    page = client.get(SIGN_IN)
    return answer.status_code == 404 and "Amina" not in page.content.decode() and "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_one_enters_as_a_persona(client: Client, persona: Person) -> None:
    page = client.get(SIGN_IN).content.decode()
    answer = client.post(DOOR)

    assert "Amina Benali" in page
    assert DOOR in page
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(persona.pk)


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_a_link_is_not_enough(client: Client, persona: Person) -> None:
    assert client.get(DOOR).status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_a_page_of_another_site_cannot_push_the_door(persona: Person) -> None:
    assert Client(enforce_csrf_checks=True).post(DOOR).status_code == 403


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_one_changes_from_one_persona_to_another(client: Client, persona: Person) -> None:
    other = people.add_person(identifier="karim.haddad", name="Karim Haddad", is_demo=True)
    people.activate(person=other)
    client.post(DOOR)
    client.post("/demo/entrer/karim.haddad/")

    assert client.session["_auth_user_id"] == str(other.pk)


@pytest.mark.usefixtures("marked", "with_doors", "persona")
def test_without_the_setting_there_is_no_door(client: Client) -> None:
    assert is_closed(client)


@pytest.mark.usefixtures("demo_setting", "with_doors", "persona")
def test_without_the_mark_of_the_database_there_is_no_door(client: Client) -> None:
    assert is_closed(client)


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_a_real_person_with_the_name_of_a_persona_has_no_door(client: Client) -> None:
    person = people.add_person(identifier="amina.benali", name="Amina Benali")
    people.activate(person=person)

    assert is_closed(client)


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_a_suspended_persona_has_no_door(client: Client, persona: Person, karim: Person) -> None:
    people.suspend(person=persona, by=karim)

    assert is_closed(client)


@pytest.mark.usefixtures("demo_setting", "marked", "with_doors")
def test_the_others_of_the_demo_company_have_no_door(client: Client) -> None:
    person = people.add_person(identifier="odile.marquet", name="Odile Marquet", is_demo=True)
    people.activate(person=person)

    assert client.post("/demo/entrer/odile.marquet/").status_code == 404


@pytest.mark.usefixtures("marked", "persona")
def test_an_ordinary_installation_has_not_even_the_route(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    assert settings.PARVIS_DEMO is False
    assert is_closed(client)
