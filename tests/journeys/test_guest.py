"""A guest is in one community, for a time: nothing else of the house exists for them, until it closes by itself."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
TRACES = re.compile("Qualité Lyon|Cordon bleu|Bruno Le Goff|Karim Haddad|Argon au compteur")


def pages_of(visitor: Visitor, wall: str) -> dict[str, str]:
    """What the main column says of the pages one may open, but for the acts and the times."""
    said = {}
    for address in (wall, f"{wall}membres/", f"{wall}a-propos/", "/communautes/", "/annuaire/"):
        page = visitor.go(address)
        articles = page.locator("main").get_by_role("link").all_inner_texts()
        said[address] = "\n".join(sorted({words.strip() for words in articles if words.strip()}))
    return said


def test_a_guest_sees_one_community_until_the_end(visits: Visits, house: House, ids: dict[str, Any]):
    elsewhere = house.furnish("publish", author="chloe", community="qualite-lyon", text="Argon au compteur #argon")
    slug = house.furnish("place", by="chloe", name="Contrôle des cuves", access="private", members=["amina", "driss"])
    here = house.furnish("publish", author="amina", community=slug, text="La cuve 4 est prête #cuve")
    wall = f"/communautes/{slug}/"

    phone, desk = visits("driss", phone=True), visits("driss")
    for driss in (phone, desk):
        page = driss.go("/communautes/")
        expect(page.locator("main li.place")).to_have_count(1)
        expect(page.locator("main li.place")).to_contain_text("Contrôle des cuves")
        assert not TRACES.search(page.content())
        page = driss.go("/annuaire/")
        assert set(page.locator("#dir-found .name").all_inner_texts()) <= {
            "Amina Benali",
            "Chloé Marchetti",
            "Driss El Amrani",
        }
        page.locator("#dir-q").fill("bruno")
        expect(page.locator("#dir-found")).to_contain_text("Personne ne répond")
        page = driss.go(wall)
        expect(page.locator("main article")).to_contain_text("La cuve 4 est prête")
        page.keyboard.press("Control+k")
        page.locator("#find input").fill("qualité")
        expect(page.locator("#find-hits")).to_contain_text("ne répond à")
        page.locator("#find input").fill("cuves")
        expect(page.locator("#find-hits [role=option]").first).to_contain_text("Contrôle des cuves")
        page.keyboard.press("Escape")

        # Addresses that somebody gave him, or that he guesses.
        lyon = "/communautes/qualite-lyon/"
        for address in (
            *(lyon, f"{lyon}membres/", f"{lyon}a-propos/", f"{lyon}qui-sait/", f"/communautes/{ids['cordon_slug']}/"),
            *(f"/c/{elsewhere}/", f"/c/{elsewhere}/reactions/", "/entreprise/", f"/personnes/{ids['bruno']}/"),
            *(f"/personnes/{ids['karim']}/", f"/organigramme/{ids['bruno']}/"),
        ):
            status, text = driss.get(address)
            assert status in (403, 404), address
            assert not TRACES.search(text), address
        for address in ("/", "/?vue=fil", "/qui-sait/?q=qualité", "/sujets/argon/", "/suggestions/personnes/?q=bru"):
            assert not TRACES.search(driss.get(address)[1]), address
    rail = desk.go("/").locator(".rail.small a")
    expect(rail).to_have_text(["Contrôle des cuves"])

    # Chloé, who animates it, looks through his eyes: the same, and out again.
    for screen in (False, True):
        chloe = visits("chloe", phone=screen)
        page = chloe.go(f"{wall}membres/")
        page.get_by_label("Autres actions pour Driss El Amrani").click()
        page.get_by_role("button", name="Voir comme Driss").click()
        expect(page.locator(".seeing")).to_contain_text("Driss El Amrani")
        assert pages_of(chloe, wall)["/communautes/"] == pages_of(desk, wall)["/communautes/"]
        for address in (wall, "/communautes/", "/annuaire/", "/", "/?vue=fil"):
            assert not TRACES.search(chloe.go(address).content()), address
        for address in ("/communautes/qualite-lyon/", f"/c/{elsewhere}/", f"/personnes/{ids['bruno']}/"):
            assert chloe.get(address)[0] == 404, address
        page.locator(".seeing").get_by_role("button", name="Quitter").click()
        expect(page.locator(".seeing")).to_have_count(0)
        assert chloe.get("/communautes/qualite-lyon/")[0] == 200

    # His last moment comes: what he left open closes by itself, on both screens.
    open_wall, open_word = phone.listens(phone.go(wall)), desk.listens(desk.go(f"/c/{here}/"))
    expect(open_word.locator("main .prose").first).to_contain_text("La cuve 4")
    house.furnish("end_stay_in", guest="driss", community=slug, seconds=3)
    for open_page in (open_wall, open_word):
        expect(open_page.get_by_role("heading", name="Il n’y a rien à cette adresse.")).to_be_visible(timeout=40_000)
        assert "La cuve 4" not in open_page.locator("main").inner_text()
    assert phone.get(wall)[0] == 404
    expect(desk.go("/communautes/").locator("main li.place")).to_have_count(0)
    assert "La cuve 4" in visits("chloe").get(f"/c/{here}/")[1]
