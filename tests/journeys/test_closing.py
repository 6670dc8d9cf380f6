"""Leaving, being suspended and closing other sessions close at once what is open, on every tab."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser
LYON = "/communautes/qualite-lyon/"


def test_leaving_a_private_place_closes_it_on_every_tab(visits: Visits, house: House, ids: dict[str, Any]):
    house.furnish("people", names={"lea": "Léa Fontaine"}, members_of=["qualite-lyon", ids["cordon_slug"]])
    wall = f"/communautes/{ids['cordon_slug']}/"
    word = house.furnish("publish", author="lea", community=ids["cordon_slug"], text="Un essai raté, entre nous")
    house.furnish("publish", author="lea", community="qualite-lyon", text="Un essai réussi")

    lea = visits("lea")
    on_the_wall = lea.listens(lea.go(wall))
    on_the_word = lea.listens(lea.tab(f"/c/{word}/"))
    on_the_feed = lea.listens(lea.tab("/?vue=fil"))
    expect(on_the_feed.locator("main article")).to_have_count(2)
    on_the_word.locator("#commenter textarea").fill("Ce que j’écrivais ici")

    leaving = lea.tab(f"{wall}quitter/")
    leaving.get_by_role("button", name="Quitter", exact=True).click()
    leaving.wait_for_url(re.compile("/communautes/$"))
    for page in (on_the_wall, on_the_word):
        expect(page.get_by_role("heading", name="Il n’y a rien à cette adresse.")).to_be_visible()
    given_back = on_the_word.get_by_role("textbox", name="Ce que vous aviez écrit")
    expect(given_back).to_have_value("Ce que j’écrivais ici")
    expect(on_the_feed.locator("main article")).to_have_count(1)
    expect(on_the_feed.locator("main")).not_to_contain_text("entre nous")


def test_a_suspension_closes_every_tab_while_one_is_writing(visits: Visits, house: House, ids: dict[str, Any]):
    people = house.furnish("people", names={"marc": "Marc Olivier"}, members_of=["qualite-lyon"])
    word = house.furnish("publish", author="marc", community="qualite-lyon", text="Je termine et j’arrive")
    marc = visits("marc")
    reading = marc.listens(marc.go(LYON))
    writing = marc.listens(marc.tab(f"/c/{word}/"))
    writing.locator("#commenter textarea").fill("Une phrase commencée")

    karim = visits("karim").go(f"/personnes/{people['marc']}/acces/")
    karim.get_by_role("button", name="Suspendre l’accès").click()
    for page in (reading, writing):
        page.wait_for_url(re.compile("/connexion/"))
        expect(page.get_by_text("suspendu").first).to_be_visible()
    status, _text = marc.get("/")
    assert status == 200
    assert marc.context.request.get(f"{house.url}/", max_redirects=0).status == 302


def test_the_other_sessions_close_from_one(visits: Visits, house: House, ids: dict[str, Any]):
    house.furnish("people", names={"nora": "Nora Kaci"}, members_of=["qualite-lyon"])
    nora = visits("nora", phone=True)
    phone = nora.listens(nora.go(LYON))
    desk = visits("nora").go("/moi/sessions/")
    desk.get_by_role("button", name="Fermer toutes les autres").click()
    phone.wait_for_url(re.compile("/connexion/"))
    expect(phone.get_by_text("fermée depuis un autre appareil")).to_be_visible()
    desk.goto(f"{house.url}{LYON}")
    expect(desk.get_by_role("heading", name="Qualité Lyon", level=1)).to_be_visible()
