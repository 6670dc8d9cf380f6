"""A train enters a tunnel: what was written stays, leaves once, and the page says where it stands."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser
LYON = "/communautes/qualite-lyon/"


def test_a_publication_written_in_a_tunnel_leaves_once(visits: Visits):
    amina = visits("amina", phone=True)
    page = amina.go("/publier/?pour=qualite-lyon")
    page.locator("#id_title").fill("Dans le tunnel")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Le train de 8 h 12 est à l’heure.")

    amina.context.set_offline(True)
    expect(page.locator(".offline")).to_be_visible()
    send = page.locator("form.composer").get_by_role("button", name="Publier")
    send.tap()
    send.tap()
    expect(page.locator("form.composer .lost")).to_contain_text("Votre texte est gardé")
    expect(page.locator(".ProseMirror")).to_contain_text("Le train de 8 h 12")
    assert page.url.endswith("/publier/?pour=qualite-lyon")

    amina.context.set_offline(False)
    expect(page.locator(".offline.is-back")).to_be_visible()
    expect(page.locator(".offline")).to_be_hidden()
    send.tap()
    page.wait_for_url("**/c/*/")
    expect(amina.go(LYON).locator("main article", has_text="Dans le tunnel")).to_have_count(1)


def test_a_comment_and_a_reaction_without_network_lose_nothing(visits: Visits, house: House, ids: dict[str, Any]):
    word = house.furnish("publish", author="chloe", community="qualite-lyon", text="Qui passe au magasin ?")
    amina = visits("amina")
    page = amina.listens(amina.go(f"/c/{word}/"))
    amina.context.set_offline(True)
    form = page.locator("#commenter")
    form.locator("textarea").fill("J’y vais à midi.")
    form.get_by_role("button", name="Commenter").click()
    expect(form.locator(".lost")).to_contain_text("Votre texte est gardé")
    expect(form.locator("textarea")).to_have_value("J’y vais à midi.")
    expect(page.locator(".offline")).to_be_visible()

    amina.context.set_offline(False)
    form.get_by_role("button", name="Commenter").click()
    expect(page.locator(".cm-text")).to_have_text(["J’y vais à midi."])
    expect(form.locator("textarea")).to_have_value("")
    expect(form.locator(".lost")).to_have_count(0)
    page.reload()
    expect(page.locator(".cm-text")).to_have_count(1)


def test_what_happened_meanwhile_is_there_after_the_tunnel(visits: Visits, house: House, ids: dict[str, Any]):
    word = house.furnish("publish", author="chloe", community="qualite-lyon", text="La ligne 3 redémarre")
    amina, bruno = visits("amina"), visits("bruno")
    page = amina.listens(amina.go(f"/c/{word}/"))
    amina.context.set_offline(True)
    expect(page.locator(".offline")).to_be_visible()

    form = bruno.go(f"/c/{word}/").locator("#commenter")
    form.locator("textarea").fill("Enfin !")
    form.get_by_role("button", name="Commenter").click()
    expect(bruno.page.locator(".cm-text")).to_have_count(1)
    amina.context.set_offline(False)
    expect(page.locator(".cm-text")).to_have_text(["Enfin !"])
