"""« Visite en 3 minutes » as a visitor plays it: both languages, eight clicks, with and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import expect

from parvis.demo.visit import STOPS
from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def vauban(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo company, served."""
    made = House(tmp_path_factory.mktemp("vauban") / "data", PARVIS_DEMO="1", PARVIS_COMPANY="Ateliers Vauban")
    made.command("migrate", "--verbosity", "0")
    made.command("create_demo")
    with made as opened:
        yield opened


SCREENS: list[tuple[str, dict[str, Any]]] = [
    ("fr", {"locale": "fr-FR"}),
    ("en", {"locale": "en-GB"}),
    ("fr", {"locale": "fr-FR", "java_script_enabled": False, "phone": True}),
]


@pytest.mark.parametrize(("language", "screen"), SCREENS, ids=["French", "English", "French-phone-without-JavaScript"])
def test_the_visit_is_played(visits: Visits, vauban: House, language: str, screen: dict[str, Any]) -> None:
    page = visits(house=vauban, **screen).go("/connexion/")
    page.locator(".visit-offer").click()
    clicks = 1
    for number, stop in enumerate(STOPS, start=1):
        panel = page.locator(f"aside.visit[data-stop='{number}']")
        expect(panel).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)
        with translation.override(language):
            expect(panel.locator("h2")).to_have_text(str(stop.title))
            expect(panel).to_contain_text(str(stop.sentence))
        expect(page.locator(stop.shows).first).to_be_visible()
        if number < len(STOPS):
            panel.locator(".visit-next").click()
            clicks += 1
    assert clicks <= 8

    page.locator(".visit-leave").click()
    expect(page.locator("aside.visit")).to_have_count(0)


def test_entering_as_somebody_takes_one_click(visits: Visits, vauban: House) -> None:
    page = visits(house=vauban).go("/connexion/")
    page.get_by_role("button", name="Bruno Le Goff").click()

    expect(page.locator("main article").first).to_be_visible()
    expect(page.locator(".me-menu summary")).to_contain_text("Bruno Le Goff")
