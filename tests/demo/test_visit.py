"""« Visite en 3 minutes »: at most eight clicks, on pages of a demo company alone. tests/journeys plays it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from parvis.communities.models import Community
from parvis.contributions.models import Contribution
from parvis.demo.models import DemoCompany
from parvis.demo.personas import PERSONAS
from parvis.demo.visit import STOPS, address
from parvis.people.models import Person
from tests.demo.test_personas import urlpatterns  # noqa: F401

As = Callable[[Person], Client]
SIGN_IN = "/connexion/"


@pytest.fixture
def demo(settings, db: None) -> None:  # type: ignore[no-untyped-def]
    settings.PARVIS_DEMO = True
    settings.ROOT_URLCONF = "tests.demo.test_personas"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "parvis.demo.middleware.guide"]
    DemoCompany.objects.create(seed="vauban", drawn_at=datetime(2026, 11, 24, tzinfo=UTC))


def test_it_takes_at_most_eight_clicks() -> None:
    # One opens it on the sign-in page, then one a stop but the last.
    assert 1 + len(STOPS) - 1 <= 8
    assert {stop.enter_as for stop in STOPS if stop.enter_as} <= set(PERSONAS)


@pytest.mark.usefixtures("demo")
def test_the_sign_in_page_offers_it_and_a_stop_leads_to_the_next(client: Client) -> None:
    assert f'href="{address(1)}"' in client.get(SIGN_IN).content.decode()

    page = client.get(address(1)).content.decode()
    assert 'data-stop="1"' in page
    assert 'action="/demo/entrer/amina.benali/"' in page
    assert 'name="next" value="/?visite=2"' in page


@pytest.mark.usefixtures("demo")
def test_a_stop_of_a_network_without_the_demo_texts_leads_somewhere(as_: As, amina: Person) -> None:
    for number in range(2, len(STOPS) + 1):
        answer = as_(amina).get(address(number), follow=True)
        assert answer.status_code == 200, address(number)
        assert f'data-stop="{number}"' in answer.content.decode()


@pytest.mark.usefixtures("demo")
def test_one_leaves_it_where_one_is(as_: As, amina: Person) -> None:
    page = as_(amina).get("/communautes/?nom=a&visite=3").content.decode()

    assert 'href="/communautes/?nom=a&amp;visite=0"' in page
    assert "data-stop" not in as_(amina).get("/communautes/?nom=a&visite=0").content.decode()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("asked", ["0", "9", "99999999999", "-1", "x", "٣", ""])
def test_numbers_that_are_no_stop_show_nothing(as_: As, amina: Person, asked: str) -> None:
    assert "data-stop" not in as_(amina).get(f"/?visite={asked}").content.decode()


@pytest.mark.usefixtures("demo")
def test_fragments_are_left_alone(as_: As, publication: Contribution, amina: Person, lyon: Community) -> None:
    card = as_(amina).get(f"/c/{publication.pk}/carte/?visite=3", headers={"HX-Request": "true"})

    assert card.status_code == 200
    assert "data-stop" not in card.content.decode()


@pytest.mark.usefixtures("demo")
def test_without_the_mark_of_the_database_there_is_no_visit(client: Client, as_: As, amina: Person) -> None:
    DemoCompany.objects.all().delete()

    assert "visit" not in client.get(SIGN_IN).content.decode()
    assert "data-stop" not in as_(amina).get("/?visite=2").content.decode()


def test_an_ordinary_installation_knows_no_visit(client: Client, as_: As, amina: Person) -> None:
    DemoCompany.objects.create(seed="vauban", drawn_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert "visit" not in client.get(SIGN_IN).content.decode()
    assert "data-stop" not in as_(amina).get("/?visite=2").content.decode()
