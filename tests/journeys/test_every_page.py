"""Every page in both languages and both themes: nothing broken, nothing beside the screen, nothing axe can fault."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
LYON = "/communautes/qualite-lyon/"

OUTSIDE = ["/connexion/", "/code/", "/invitation/", "/mot-de-passe/oublie/", "/charte/", "/mentions-legales/"]
OUTSIDE += ["/donnees-personnelles/", "/accessibilite/", "/ce-que-l-entreprise-voit/", "/hors-ligne/"]
# Those whose shape differs most; the others are made of the same pieces.
MAIN = ["/", "/?vue=fil", LYON, "{talk}", "/publier/", "/communautes/", "/communautes/fonder/", "{person}"]
MAIN += ["/moi/reglages/", "/moi/sessions/", "/chercher/?q=a", f"{LYON}membres/", "{own}reglages/", "{talk}signaler/"]
MAIN += ["/annuaire/", "/qui-sait/?q=souder+inox", "/moi/profil/", "/moi/savoir-faire/", "/organigramme/", "{project}"]
OTHERS = ["/entreprise/", "/communautes/?nom=qualit", f"{LYON}a-propos/", "/aide/", "/moi/", "/moi/mot-de-passe/"]
OTHERS += ["/moi/signalements/", "/sujets/soudure/", "{changed}historique/", "{talk}reactions/", "{talk}commentaires/"]
OTHERS += ["{person}publications/", "{own}", "{own}inviter/", "{own}signalements/", "/rien-ici/", "/charte/"]
OTHERS += [
    "/annuaire/?vue=liste&q=a",
    "/annuaire/?q=zzzz",
    "/qui-sait/",
    "/savoir-faire/",
    "/moi/presence/",
    "/moi/photo/",
]
OTHERS += ["/moi/contributions/", "/moi/abonnements/", "/moi/deplacements/", "/moi/profil/vu-par/collegue/"]
OTHERS += [f"{LYON}qui-sait/", "{own}reunir/", "{own}archiver/", "{own}recommander/", "{own}sous-communautes/"]
OTHERS += ["{own}reglages/onglets/", "{own}inviter/exterieur/", "{project}ou-en-est-on/", "{talk}recommander/"]
ADMINISTRATION = ["/administration/", "/administration/travaux/", "/administration/annuaire/", "/personnes/acces/"]
ADMINISTRATION += ["{person}acces/", "/entreprise/signalements/", "/administration/profils/"]
ADMINISTRATION += ["/administration/profils/ajouter/", "/administration/communautes/"]
ADMINISTRATION += ["/administration/communautes/regles/"]

_LOOK = """() => ({
  headings: document.querySelectorAll('h1').length,
  language: document.documentElement.lang,
  wide: [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).position !== 'fixed')
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120)),
  overflows: document.documentElement.scrollWidth > innerWidth,
  untold: [...document.querySelectorAll('main img:not([alt]), main button:empty, main a:empty')]
    .filter(one => one.ariaHidden !== 'true').length,
})"""


@pytest.fixture(scope="module")
def places(house: House, ids: dict[str, Any]) -> dict[str, str]:
    told = house.furnish("talk", author="amina", community="qualite-lyon")
    addresses = {name: f"/c/{number}/" for name, number in told.items()}
    house.furnish("skilled", names={"simone": "Simone Weber"}, skill="Soudage de l’inox")
    project = house.furnish("project", by="chloe", name="Ligne pilote", next_step="Essai à blanc, avec Duroc")
    return {**addresses, "person": f"/personnes/{ids['chloe']}/", "project": f"/communautes/{project}/"}


@pytest.fixture(scope="module")
def readers(house: House, places: dict[str, str]) -> dict[str, str]:
    """By language, an administrator who reads in it and the address of the community they animate."""
    french = {"language": "fr", "identifier": "francoise", "name": "Françoise"}
    english = {"language": "en", "identifier": "emily", "name": "Emily"}
    for one in (french, english):
        house.furnish("people_like", is_administrator=True, **one)
    return {"francoise": "/communautes/atelier-de-francoise/", "emily": "/communautes/atelier-de-emily/"}


def inside(name: str, readers: dict[str, str], places: dict[str, str], addresses: list[str]) -> list[str]:
    return [address.format(**places, own=readers[name]) for address in addresses]


def assert_well_made(page: Page, language: str) -> None:
    page.evaluate("document.fonts.ready.then(() => true)")
    found = page.evaluate(_LOOK)
    where = page.url
    assert found["headings"] == 1, f"{found['headings']} h1 at {where}"
    assert not found["overflows"], f"{where} is wider than the screen: {found['wide']}"
    assert found["language"] == language, where
    assert not found["untold"], f"something without a name at {where}"


@pytest.mark.parametrize(("name", "language", "theme"), [("francoise", "fr", "light"), ("emily", "en", "dark")])
def test_every_page_fits_a_phone(
    visits: Visits, places: dict[str, str], readers: dict[str, str], name: str, language: str, theme: Any
):
    stranger = visits(phone=True, color_scheme=theme, locale="fr-FR" if language == "fr" else "en-GB")
    for address in OUTSIDE:
        assert_well_made(stranger.go(address), language)
    visitor = visits(name, phone=True, color_scheme=theme)
    for address in inside(name, readers, places, [*MAIN, *OTHERS, *ADMINISTRATION]):
        assert_well_made(visitor.go(address), language)


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("""() => axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations
      .filter(({impact}) => ['serious', 'critical'].includes(impact))
      .flatMap(({id, nodes}) => nodes.slice(0, 4).map(({html, failureSummary}) => [id, html, failureSummary])))""")
    return [f"{page.url}: {name} {html[:160]} — {why}" for name, html, why in found]


@pytest.mark.parametrize(("name", "theme"), [("emily", "light"), ("francoise", "dark")])
def test_axe_finds_nothing_serious(
    visits: Visits, places: dict[str, str], readers: dict[str, str], name: str, theme: Any
):
    stranger, visitor = visits(color_scheme=theme), visits(name, color_scheme=theme)
    found = [fault for address in ["/connexion/", "/code/", "/charte/"] for fault in faults(stranger.go(address))]
    for address in inside(name, readers, places, [*MAIN, "/administration/", "/personnes/acces/"]):
        found += faults(visitor.go(address))
    assert not found, "\n".join(found)


def test_a_tablet_has_what_a_desktop_has(visits: Visits, places: dict[str, str], readers: dict[str, str]):
    visitor = visits("francoise", viewport={"width": 768, "height": 1024})
    found = []
    for address in inside("francoise", readers, places, ["/?vue=fil", LYON, "{person}", "/publier/", "/communautes/"]):
        page = visitor.go(address)
        assert_well_made(page, "fr")
        found += faults(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_serious_in_what_opens(visits: Visits, places: dict[str, str], readers: dict[str, str]):
    visitor = visits("francoise", phone=True)
    page = visitor.go(places["talk"])
    page.keyboard.press("Control+k")
    page.locator("#find input").fill("a")
    expect(page.locator("#find-hits [role=option]").first).to_be_visible()
    assert not faults(page)
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_hidden()
    page.locator("article .bar .more").tap()
    expect(page.locator(".six button").first).to_be_visible()
    assert not faults(page)
    page.keyboard.press("Escape")
    page.locator(".phone-bar [data-publish]").tap()
    expect(page.locator("dialog .ProseMirror")).to_be_visible()
    assert not faults(page)
