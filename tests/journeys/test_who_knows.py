"""« Qui sait souder l’inox ? »: asked from where one is, answered with reasons, available people first."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
QUESTION = "Qui sait souder l'inox ?"
SKILL = "Soudage de l’inox"


def asked_from_anywhere(visitor: Visitor) -> Page:
    page = visitor.go("/")
    page.keyboard.press("Control+k")
    page.locator("#find input").fill(QUESTION)
    expect(page.locator("#find-hits [role=option]").first).to_contain_text(re.compile("Qui sait\\s: souder l.inox"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/qui-sait/?q=*")
    return page


def asked_from_the_directory(visitor: Visitor) -> Page:
    page = visitor.go("/annuaire/")
    page.get_by_role("main").get_by_role("link", name="Qui sait ?").tap()
    page.locator("main #q").fill(QUESTION)
    page.locator("main #q").press("Enter")
    page.wait_for_url("**/qui-sait/?q=*")
    return page


def names(page: Page) -> list[str]:
    return page.locator(".knowers .name").all_inner_texts()


@pytest.mark.parametrize("phone", [False, True], ids=["Ctrl+K", "phone"])
def test_who_can_weld_stainless_steel(visits: Visits, house: House, ids: dict[str, Any], *, phone: bool):
    told = {"gaelle": "Gaëlle Roux", "hugo": "Hugo Blanc", "ivan": "Ivan Noir"}
    if phone:
        told = {"maelle": "Maëlle Vidal", "theo": "Théo Girard", "yvan": "Yvan Morel"}
    available, silent, hidden = told.values()
    who, _silent, hiding = told
    people = house.furnish("skilled", names=told, skill=SKILL)
    asks = asked_from_the_directory if phone else asked_from_anywhere

    # She says that one may come to her; he prefers not to be sought.
    one = visits(who, phone=not phone).go("/moi/presence/")
    one.get_by_role("radio", name="Disponible", exact=True).check()
    one.locator("input[name=end]").first.check()
    one.get_by_role("button", name="Dire", exact=True).click()
    expect(one.get_by_role("main").locator(".presence").first).to_contain_text("Disponible")

    asker = visits("amina" if phone else "bruno", phone=phone)
    page = asks(asker)
    found = names(page)
    assert {available, silent, hidden} <= set(found)
    assert found.index(available) < min(found.index(silent), found.index(hidden))
    line = page.locator(".knower", has_text=available)
    expect(line).to_contain_text(re.compile(rf"dit savoir\s:\s+{SKILL}"))
    expect(line).to_contain_text("Disponible")
    expect(line).not_to_contain_text("Confirmé")

    # Whoever saw her do it says so; she reads it, and so does the next to ask.
    line.get_by_role("link", name=available, exact=True).last.click()
    page.wait_for_url(f"**/personnes/{people[who]}/")
    page.get_by_role("button", name=f"Je confirme {SKILL}").click()
    expect(page.get_by_role("button", name=f"Vous confirmez {SKILL}")).to_have_attribute("aria-pressed", "true")
    confirmed = re.compile(f"Confirmé par .*{'Amina Benali' if phone else 'Bruno Le Goff'}")
    one.goto(f"{house.url}/personnes/{people[who]}/")
    expect(one.locator("#savoir-faire")).to_contain_text(confirmed)
    next_to_ask = asks(visits("chloe", phone=phone))
    expect(next_to_ask.locator(".knower", has_text=available)).to_contain_text(confirmed)

    # He asks not to be sought: his page still says it, no question leads to him any more.
    him = visits(hiding, phone=phone).go("/moi/savoir-faire/")
    him.get_by_role("button", name="Ne plus m’y proposer").click()
    expect(him.get_by_role("button", name="M’y proposer à nouveau")).to_be_visible()
    found = names(asks(asker))
    assert hidden not in found
    assert available in found
    expect(asker.go(f"/personnes/{people[hiding]}/").locator("#savoir-faire")).to_contain_text(SKILL)
