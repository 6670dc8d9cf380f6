"""Hands that never leave the keyboard: in, across, writing, reacting, out; and one always sees where the focus is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD
from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser

# Something of the focused element, or around it, is drawn differently: an outline or a shadow.
_IS_SEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'nothing has the focus';
  for (let place = focused; place && place !== document.body; place = place.parentElement) {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(place);
    if ((outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none') {
      const {width, height} = focused.getBoundingClientRect();
      return width && height ? '' : 'the focused element has no size';
    }
    if (!place.matches(':focus, :focus-within')) break;
  }
  return focused.outerHTML.slice(0, 200);
}"""


def assert_focus_is_seen(page: Page) -> None:
    assert page.evaluate(_IS_SEEN) == ""


def tab_to(page: Page, selector: str, *, key: str = "Tab", most: int = 60) -> None:
    """Presses until that element has the focus; the focus is seen at every stop."""
    for _ in range(most):
        page.keyboard.press(key)
        assert_focus_is_seen(page)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} never reaches {selector}")


def test_a_whole_visit_without_a_mouse(visits: Visits, house: House, ids: dict[str, Any]):
    visitor = visits()
    page = visitor.go("/connexion/")
    expect(page.locator("#id_login")).to_be_focused()
    page.keyboard.type("amina")
    tab_to(page, "#id_password", most=3)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/")

    # To a community by its name.
    page.keyboard.press("Control+k")
    expect(page.locator("#find input")).to_be_focused()
    page.keyboard.type("quali")
    expect(page.locator("#find-hits [role=option]").first).to_contain_text("Qualité Lyon")
    page.keyboard.press("Enter")
    page.wait_for_url("**/communautes/qualite-lyon/")

    # The first stop is the way past the menus.
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert_focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    # Writing: `n`, bold by its shortcut, a person and a topic chosen with arrows.
    page.keyboard.press("n")
    expect(page.locator("dialog .ProseMirror")).to_be_focused()
    tab_to(page, "#id_audience", key="Shift+Tab")
    expect(page.locator("#id_audience option:checked")).to_have_text("Qualité Lyon")
    tab_to(page, "#id_title")
    page.keyboard.type("Sans souris")
    tab_to(page, ".ProseMirror", most=3)
    page.keyboard.type("C’est ")
    page.keyboard.press("Control+b")
    page.keyboard.type("possible")
    page.keyboard.press("Control+b")
    # Esc closes the proposals, and nothing else.
    proposals = page.locator("dialog .rich [role=option]:visible, rich-editor [role=option]:visible")
    page.keyboard.type(", pas @chl")
    expect(proposals.first).to_contain_text("Chloé Marchetti")
    page.keyboard.press("Escape")
    expect(proposals).to_have_count(0)
    expect(page.locator("dialog .ProseMirror")).to_be_focused()
    page.keyboard.type(" mais @chl")
    expect(proposals.first).to_contain_text("Chloé Marchetti")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("et je le note ici #clavier")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/c/*/")
    text = page.locator("main .prose")
    expect(text.locator("strong")).to_have_text("possible")
    expect(text.get_by_role("link", name="@Chloé Marchetti")).to_be_visible()
    expect(text.get_by_role("link", name="#clavier")).to_be_visible()

    # The six words: arrows walk, Enter says one, Esc closes and gives the focus back.
    tab_to(page, "article .bar .more")
    page.keyboard.press("Enter")
    expect(page.locator(".six button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".six button").nth(1)).to_be_focused()
    assert_focus_is_seen(page)
    page.keyboard.press("Escape")
    expect(page.locator(".six")).to_have_count(0)
    expect(page.locator("article .bar .more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".six button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("article .bar form button").first).to_have_text("Bravo")
    expect(page.locator("article .bar form button").first).to_have_attribute("aria-pressed", "true")

    # « … »: opens, Esc closes, and the focus is where it was.
    tab_to(page, "article .c-h [aria-label^='Autres actions']", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article .c-h .menu-box")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("article .c-h .menu-box")).to_have_count(0)
    expect(page.locator("article .c-h [aria-label^='Autres actions']")).to_be_focused()

    # The menu of oneself, and out.
    tab_to(page, ".me-menu summary", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".me-menu .menu-box")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".me-menu .menu-box")).to_be_hidden()
    assert_focus_is_seen(page)
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
