"""A browser that runs no script does everything, page after page."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD
from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser


def test_a_whole_visit_without_scripts(visits: Visits, house: House, ids: dict[str, Any]):
    other = house.furnish("publish", author="chloe", community="qualite-lyon", text="Bientôt la pause")
    visitor = visits(java_script_enabled=False)
    page = visitor.go("/communautes/qualite-lyon/")
    page.locator("#id_login").fill("bruno")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/communautes/qualite-lyon/")

    page.get_by_role("button", name="Rejoindre", exact=True).click()
    expect(page.locator(".toast")).to_be_visible()
    page.locator(".publish").click()
    page.locator("#id_title").fill("Sans script")
    page.locator("#id_text").fill("Du **texte** simple, pour #essai")
    page.locator("form.composer").get_by_role("button", name="Publier").click()
    page.wait_for_url("**/c/*/")
    mine = page.url
    expect(page.locator("main .prose strong")).to_have_text("texte")

    page.locator("#commenter textarea").fill("Un mot de plus")
    page.locator("#commenter").get_by_role("button", name="Commenter").click()
    expect(page.locator(".cm-text")).to_have_text("Un mot de plus")
    page.get_by_role("link", name="Répondre").click()
    page.locator("main textarea").fill("Et une réponse")
    page.locator("main form").get_by_role("button", name="Commenter").click()
    expect(page.locator(".replies .cm-text")).to_have_text("Et une réponse")

    page.locator("article .bar .more").click()
    page.get_by_role("button", name="Utile").click()
    expect(page.locator("article .bar form button").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("article .bar .sum")).to_have_text("Bruno Le Goff")

    page.locator("article .c-h [aria-label^='Autres actions']").click()
    expect(page.get_by_role("link", name="Modifier")).to_be_in_viewport()
    page.get_by_role("link", name="Modifier").click()
    page.locator("#id_text").fill("Du texte relu, pour #essai")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(mine)
    expect(page.locator("main .prose:not(.cm-text)")).to_contain_text("Du texte relu")
    page.get_by_role("link", name="modifié").click()
    expect(page.locator("main article .prose strong")).to_have_text("texte")

    visitor.go(mine).locator("article .c-h [aria-label^='Autres actions']").click()
    page.get_by_role("button", name="Supprimer").click()
    assert visitor.get(mine)[0] == 404
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    page.wait_for_url(mine)
    expect(page.locator("main .prose:not(.cm-text)")).to_contain_text("Du texte relu")

    page = visitor.go(f"/c/{other}/")
    page.locator("article .c-h [aria-label^='Autres actions']").click()
    page.get_by_role("link", name="Signaler").click()
    page.locator("main input[type=radio]").first.check()
    page.get_by_role("main").get_by_role("button", name="Signaler").click()
    expect(page.locator(".toast")).to_be_visible()

    page = visitor.go("/chercher/?q=chlo")
    page.get_by_role("main").get_by_role("link", name=re.compile("Chloé Marchetti")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chloé Marchetti")
    page.locator("summary:visible").first.click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion/")
