"""Whatever is typed in any field is shown as it was typed; nothing of it runs, and nothing of it breaks a page."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from parvis.kernel.richtext import clean
from tests.journeys import hostile
from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser

# In what people wrote there is only what the dialect makes, and links lead where links may lead.
_LOOK = """() => {
  const allowed = ('p br strong em s code pre blockquote ul ol li a h2 h3 h4 hr ' +
    'table thead tbody tr th td span').split(' ');
  const odd = [];
  for (const text of document.querySelectorAll('main .prose:not([contenteditable]), main .cm-text')) {
    for (const one of text.querySelectorAll('*')) {
      const isOdd = !allowed.includes(one.localName)
        || [...one.attributes].some(({name}) => !['href', 'title', 'rel', 'class', 'start', 'dir'].includes(name))
        || (one.hasAttribute('href') && !/^(https?:|mailto:|tel:)$/.test(one.protocol));
      if (isOdd) odd.push(one.outerHTML.slice(0, 200));
    }
  }
  if (document.querySelectorAll('main').length !== 1) odd.push('not one main');
  if (document.querySelector('base, meta[http-equiv], main script, main style, main iframe')) odd.push('an intruder');
  return {
    odd,
    titles: [...document.querySelectorAll('main article h2:not(.sr)')].map(one => one.textContent),
    next: document.querySelector('main a[rel=next]')?.getAttribute('href') ?? '',
    overflows: document.documentElement.scrollWidth > innerWidth,
  };
}"""


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("hostile")
    words = {"few": hostile.FEW, "publications": hostile.publications()}
    (folder / "words.json").write_text(json.dumps(words))
    with House(folder / "data") as house:
        yield house, house.furnish("hostile", file=str(folder / "words.json"))


def look(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_LOOK)
    assert not found["odd"], f"{page.url}: {found['odd'][:5]}"
    assert not found["overflows"], f"{page.url} is wider than the screen"
    return found


@pytest.mark.timeout(240)
def test_on_a_wall_in_titles_texts_and_comments(visits: Visits, flooded: tuple[House, dict[str, Any]]):
    house, typed = flooded
    assert typed["odd"] == []
    page = visits("victor", house=house, phone=True).go("/communautes/mots/")
    shown: list[str] = []
    while True:
        found = look(page)
        shown += found["titles"]
        if not found["next"]:
            break
        page.goto(f"{house.url}/communautes/mots/{found['next']}")
    # A NUL is refused in a sentence: no keyboard has it. A text of spaces alone is no text.
    typed_in = [(title, text) for title, text in hostile.publications() if "\0" not in title + text and clean(text)]
    wanted = [re.sub(r"[ \t\n]+", " ", clean(title)) for title, _text in typed_in]
    assert sorted(shown) == sorted(word for word in wanted if word and len(word) <= 200)


def test_in_names_of_places_and_of_people(visits: Visits, flooded: tuple[House, dict[str, Any]]):
    house, typed = flooded
    visitor = visits("victor", house=house)
    assert len(typed["communities"]) > len(hostile.FEW) / 2
    page = visitor.go("/communautes/")
    look(page)
    for slug in typed["communities"][1::3]:
        look(visitor.go(f"/communautes/{slug}/"))
        look(visitor.go(f"/communautes/{slug}/a-propos/"))
    for address in ("/moi/reglages/", "/personnes/1/", "/personnes/acces/", "/publier/", "/communautes/fonder/"):
        look(visitor.go(address))

    page = visitor.go("/")
    page.keyboard.press("Control+k")
    for word in ("<scr", '"><img', "al", "../"):
        page.locator("#find input").fill(word)
        page.wait_for_timeout(300)
        look(page)
    page.locator("#find input").fill("<script>alert(1)")
    expect(page.locator("#find-hits .ht").first).to_have_text("<script>alert(1)</script>")
    page = visitor.go("/publier/")
    page.locator(".ProseMirror").click()
    page.keyboard.type("@mechant1")
    page.locator("[role=option]:visible", has_text='"><img src=x onerror=alert(1)>').click()
    page.keyboard.type("et <b>rien</b>")
    expect(page.locator(".ProseMirror")).to_contain_text('"><img src=x onerror=alert(1)>')
    assert page.locator(".ProseMirror img[src=x]").count() == 0


def test_pasted_into_the_editor(visits: Visits, flooded: tuple[House, dict[str, Any]]):
    """The lists at once, as somebody would who has them at hand."""
    house, _typed = flooded
    visitor = visits("victor", house=house)
    page = visitor.go("/publier/?pour=mots")
    page.locator(".ProseMirror").click()
    pasted = "\n\n".join([*hostile.FEW, *hostile.long()[:2]])[:30_000]
    page.evaluate(
        """([text, html]) => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          if (html) data.setData('text/html', html);
          const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
          document.querySelector('.ProseMirror').dispatchEvent(paste);
        }""",
        [pasted, ""],
    )
    assert page.locator(".ProseMirror").evaluate("one => one.textContent.length") > 100
    assert page.locator(".ProseMirror :is(script, img:not(.ProseMirror-separator), iframe, svg, style)").count() == 0
    page.locator("form.composer").get_by_role("button", name="Publier").click()
    page.wait_for_url("**/c/*/")
    look(page)
