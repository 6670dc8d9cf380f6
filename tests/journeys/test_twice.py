"""Fingers that press twice and people with two tabs make one thing of each."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser
LYON = "/communautes/qualite-lyon/"


def duplicate(page: Page) -> Page:
    """« Dupliquer l’onglet »: the same form with the same key."""
    other = page.context.new_page()
    other.goto(page.url)
    key = page.locator("main form input[name=key]").last.get_attribute("value")
    other.locator("main form input[name=key]").last.evaluate("(input, key) => { input.value = key; }", key)
    return other


def test_publishing_twice_is_publishing_once(visits: Visits):
    chloe = visits("chloe")
    page = chloe.go("/publier/?pour=qualite-lyon")
    second = duplicate(page)
    for tab in (page, second):
        tab.locator("#id_title").fill("Une fois suffit")
        tab.locator(".ProseMirror").click()
        tab.keyboard.type("Deux clics, deux onglets.")
    page.locator("form.composer").get_by_role("button", name="Publier").dblclick()
    page.wait_for_url("**/c/*/")
    second.locator("form.composer").get_by_role("button", name="Publier").click()
    second.wait_for_url(page.url)
    expect(chloe.go(LYON).locator("main article", has_text="Une fois suffit")).to_have_count(1)


def test_commenting_and_reacting_twice(visits: Visits, house: House, ids: dict[str, Any]):
    word = house.furnish("publish", author="chloe", community="qualite-lyon", text="Deux fois rien")
    amina = visits("amina")
    page = amina.go(f"/c/{word}/")
    second = duplicate(page)
    for tab in (page, second):
        tab.locator("#commenter textarea").fill("Deux fois pareil")
        tab.locator("#commenter").get_by_role("button", name="Commenter").dblclick()
        expect(tab.locator(".cm-text")).to_have_count(1)

    # Both tabs were drawn before: each asks for the same word, none takes it back.
    third, fourth = amina.tab(f"/c/{word}/"), amina.tab(f"/c/{word}/")
    for tab in (third, fourth):
        tab.context.set_default_timeout(8000)
        tab.locator("article .bar form button").first.dblclick()
        expect(tab.locator("article .bar form button").first).to_have_attribute("aria-pressed", "true")
    for tab in (page, second, third, fourth):
        tab.reload()
        expect(tab.locator(".cm-text")).to_have_count(1)
        expect(tab.locator("article .bar .sum")).to_have_text("Amina Benali")
        expect(tab.locator("article .bar .sum i")).to_have_count(1)


def test_joining_and_founding_twice(visits: Visits, house: House, ids: dict[str, Any]):
    house.furnish("people", names={"omar": "Omar Diallo"}, members_of=[])
    omar = visits("omar")
    page, second = omar.go(LYON), omar.tab(LYON)
    page.get_by_role("button", name="Rejoindre", exact=True).dblclick()
    expect(page.get_by_text("Vous êtes membre").first).to_be_visible()
    second.get_by_role("button", name="Rejoindre", exact=True).click()
    expect(second.get_by_text("Vous êtes membre").first).to_be_visible()
    _, members = omar.get(f"{LYON}membres/?nom=omar")
    assert len(re.findall(r'class="name" href="/personnes/\d+/">Omar Diallo', members)) == 1

    page = omar.go("/communautes/fonder/")
    second = duplicate(page)
    for tab in (page, second):
        tab.locator("#id_name").fill("Jardin du midi")
        tab.locator("#id_purpose").fill("Des tomates derrière l’atelier.")
        tab.locator("input[name=kind]").first.check()
        tab.locator("#access-open").check()
    page.get_by_role("button", name="Fonder la communauté").dblclick()
    page.wait_for_url("**/communautes/jardin-du-midi/")
    second.get_by_role("button", name="Fonder la communauté").click()
    second.wait_for_url(page.url)
    _, index = omar.get("/communautes/?nom=jardin")
    assert len(re.findall(r"<h3><a[^>]*>Jardin du midi", index)) == 1
