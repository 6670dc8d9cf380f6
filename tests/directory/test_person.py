"""Somebody's page: what it says to whom, whatever their name, at the same cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.people import actions
from parvis.people.answers import Answer
from parvis.people.models import Person
from tests.conftest import make_person
from tests.people.profiles import define

As = Callable[[Person], Client]
NAMES = [
    "محمد بن عبد الله",
    "Nguyễn Thị Mai",
    "Jean-Loup d’Aubigné-O’Brien",
    "X",
    "Anne" + "-Élisabeth" * 8,
    "<b>Zoé</b>",
]


def page_of(browser: Client, person: Person) -> str:
    return browser.get(f"/personnes/{person.pk}/").content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_any_name_holds(as_: As, bruno: Person, name: str) -> None:
    person = make_person("autre", name, given_name="")
    page = page_of(as_(bruno), person)
    shown = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f'<h1 dir="auto">{shown}</h1>' in page
    assert "<b>Zoé" not in page


def test_the_manager_and_what_the_house_says(as_: As, amina: Person, bruno: Person, chloe: Person) -> None:
    actions.change_entry(person=amina, manager=chloe, unit="Bureau d’études")
    page = page_of(as_(bruno), amina)
    assert "Dans la maison" in page
    assert "Chloé Marchetti" in page
    assert "Bureau d’études" in page


def test_communities_are_those_that_the_reader_may_know_of(
    as_: As, amina: Person, bruno: Person, chloe: Person, karim: Person, lyon: Community, cordon: Community
) -> None:
    for reader in (bruno, karim):
        page = page_of(as_(reader), amina).split("<main")[1]
        assert "Qualité Lyon" in page
        assert "Cordon bleu" not in page
    assert "Cordon bleu" in page_of(as_(chloe), amina).split("<main")[1]
    communities.invite(by=chloe, person=bruno, community=cordon)
    assert "Cordon bleu" not in page_of(as_(bruno), amina).split("<main")[1], "an invitation does not say who is in"
    communities.join(person=bruno, community=cordon)
    assert "Cordon bleu" in page_of(as_(bruno), amina).split("<main")[1]


def test_a_guest_reads_only_the_places_they_share(
    as_: As, amina: Person, driss: Person, chloe: Person, lyon: Community, cordon: Community
) -> None:
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    page = page_of(as_(driss), amina).split("<main")[1]
    assert "Cordon bleu" in page
    assert "Qualité Lyon" not in page


def test_the_hour_elsewhere_is_said(as_: As, amina: Person, bruno: Person) -> None:
    actions.change_own_settings(person=amina, time_zone="Asia/Tokyo")
    assert " chez Amina" in page_of(as_(bruno), amina)
    assert " chez Amina" not in page_of(as_(amina), amina)


def test_ones_own_page_leads_to_what_is_ones_own(as_: As, amina: Person, bruno: Person) -> None:
    mine, theirs = page_of(as_(amina), amina), page_of(as_(bruno), amina)
    for word in ('href="/moi/profil/"', "Comme les autres me voient"):
        assert word in mine
        assert word not in theirs.split("<main")[1].split("<aside")[0]


def test_thirty_fields_languages_and_communities_cost_what_none_costs(
    as_: As, amina: Person, bruno: Person, karim: Person
) -> None:
    browsers = {address: as_(reader) for address, reader in (
        (f"/personnes/{amina.pk}/", bruno), ("/moi/profil/", amina), ("/moi/profil/vu-par/collegue/", amina),
        ("/administration/profils/", karim),
    )}  # fmt: skip

    def costs() -> list[int]:
        counted = []
        for address, browser in browsers.items():
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            counted.append(len(queries))
        return counted

    empty = costs()
    for n in range(30):
        field = define(karim, f"Champ {n}", "choices", ("Oui", "Non"))
        ids = [option.pk for option in field.options.all()]
        actions.change_profile(person=amina, words={}, answers={field.pk: [Answer(option_id=pk) for pk in ids]})
        place = communities.found(person=amina, name=f"Lieu {n}", purpose="x.", kind="interest", access="open")
        assert place.pk
    actions.change_profile(person=amina, words={}, languages=["fr", "ar", "en"])
    assert costs() == empty
