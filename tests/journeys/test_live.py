"""Page + live frames == page reloaded, after every act that somebody else can do."""

import os
import signal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House
from tests.journeys.truth import assert_live_equals_reload
from tests.kernel.network import eventually
from tests.kernel.serve.test_processes import children

pytestmark = pytest.mark.browser
LYON = "/communautes/qualite-lyon/"


def test_every_act_of_another_is_seen_as_after_a_reload(visits: Visits, house: House, ids: dict[str, Any]):
    house.furnish("people", names={"paul": "Paul Renard"}, members_of=["qualite-lyon"])
    chloe, paul = visits("chloe"), visits("paul")
    chloe.post("/publier/", audience=ids["lyon"], text="Ce qui reste", key="vivante-0000")
    word = chloe.post("/publier/", audience=ids["lyon"], title="Buse 1,2", text="Qui en a ? #buse", key="vivante-0001")

    # Paul looks at it from four places. The wall has it at the top.
    wall, feed, alone = paul.go(LYON), paul.tab("/?vue=fil"), paul.tab(word)
    watched = {"wall": wall, "feed": feed, "alone": alone, "topic": paul.tab("/sujets/buse/")}
    card = f"#{alone.locator('main article').get_attribute('id')}"
    for page in (wall, feed, alone):
        paul.listens(page)

    def shows(page: Page, text: str, selector: str = "", count: int = 1) -> None:
        expect(page.locator(f"{card} {selector}").filter(has_text=text)).to_have_count(count)

    def the_same_everywhere() -> None:
        for page in watched.values():
            page.bring_to_front()
            assert_live_equals_reload(page)

    chloe.post(f"{word}commentaires/", text="Moi, deux. #buse")
    for page in (wall, feed, alone):
        page.bring_to_front()
        shows(page, "Moi, deux.", ".cm-text")
    the_same_everywhere()

    comment = int(alone.locator(f"{card} .cm li").first.get_attribute("id").removeprefix("c-"))  # type: ignore[union-attr]
    chloe.post(f"/c/{comment}/commentaires/", text="Enfin, une.")
    alone.bring_to_front()
    shows(alone, "Enfin, une.", ".replies .cm-text")
    the_same_everywhere()

    for act, on in (("thanks", 1), ("idea", 1), ("idea", 0)):
        chloe.post(f"{word}reactions/{act}/", on=on)
    chloe.post(f"/c/{comment}/reactions/bravo/", on=1)
    alone.bring_to_front()
    shows(alone, "Chloé Marchetti", ".said")
    the_same_everywhere()

    chloe.post(f"{word}modifier/", title="Buse de 1,2 mm", text="Qui en a **une** ? #buse", based_on=0)
    wall.bring_to_front()
    shows(wall, "Buse de 1,2 mm", "h2")
    the_same_everywhere()

    for number in range(4):
        chloe.post(f"{word}commentaires/", text=f"Et encore {number}")
    alone.bring_to_front()
    shows(alone, "Et encore 3", ".cm-text")
    the_same_everywhere()

    # While Paul is writing, his words and the caret stay where they are.
    field = alone.locator("#commenter textarea")
    field.fill("Je commence une phr")
    chloe.post(f"/c/{comment}/supprimer/")
    shows(alone, "Moi, deux.", ".cm-text", count=0)
    expect(field).to_have_value("Je commence une phr")
    expect(field).to_be_focused()
    field.fill("")
    chloe.post(f"/c/{comment}/retablir/")
    shows(alone, "Moi, deux.", ".cm-text")
    the_same_everywhere()

    chloe.post(f"{word}supprimer/")
    for page in (wall, feed):
        page.bring_to_front()
        expect(page.locator(card)).to_have_count(0)
        assert_live_equals_reload(page)


def test_news_wait_in_the_pill_and_come_when_asked(visits: Visits, house: House, ids: dict[str, Any]):
    house.furnish("people", names={"lise": "Lise Carrel"}, members_of=["qualite-lyon"])
    amina, lise = visits("amina"), visits("lise")
    amina.post("/publier/", audience=ids["lyon"], text="Une première", key="pilule-0001")
    page = lise.listens(lise.go("/?vue=fil"))
    before = page.locator("main article").count()
    for number in range(3):
        amina.post("/publier/", audience=ids["lyon"], text=f"Nouvelle {number}", key=f"pilule-{number}-abc")
    pill = page.locator("live-news .news")
    expect(pill).to_have_text("3 nouveautés")
    expect(page.locator("main article")).to_have_count(before)
    pill.click()
    expect(page.locator("main article").first).to_contain_text("Nouvelle 2")
    expect(pill).to_be_hidden()
    assert_live_equals_reload(page)

    # The pill goes on from there.
    amina.post("/publier/", audience=ids["lyon"], text="Une dernière", key="pilule-9999")
    expect(pill).to_have_text("1 nouveauté")
    pill.click()
    expect(page.locator("main article").first).to_contain_text("Une dernière")
    assert_live_equals_reload(page)

    # One's own words do not come back as news.
    own = lise.post("/publier/", audience=ids["lyon"], text="De moi", key="pilule-lise-1")
    page.wait_for_timeout(800)
    expect(pill).to_be_hidden()
    assert own


def test_the_page_of_a_topic_hears_of_what_begins_to_use_it(visits: Visits, house: House, ids: dict[str, Any]):
    house.furnish("people", names={"nils": "Nils Aubry"}, members_of=["qualite-lyon"])
    amina, nils = visits("amina"), visits("nils")
    page = nils.listens(nils.go("/sujets/filetage/"))
    pill = page.locator("live-news .news")
    own = amina.post("/publier/", audience=ids["lyon"], text="Sans le mot", key="sujet-00001")
    amina.post("/publier/", audience=ids["lyon"], text="Un autre #taraud", key="sujet-00002")
    page.wait_for_timeout(1500)
    expect(pill).to_be_hidden()

    amina.post("/publier/", audience=ids["lyon"], text="Le #filetage, vite", key="sujet-00003")
    expect(pill).to_have_text("1 nouveauté")
    pill.click()
    expect(page.locator("main article")).to_have_count(1)
    assert_live_equals_reload(page)

    # So does what begins to use it by an edit.
    amina.post(f"{own}modifier/", title="", text="Avec #filetage", based_on=0)
    expect(pill).to_have_text("1 nouveauté")
    pill.click()
    expect(page.locator("main article")).to_have_count(2)


def test_pages_go_on_hearing_when_the_server_was_killed(visits: Visits, house: House, ids: dict[str, Any]):
    word = house.furnish("publish", author="chloe", community="qualite-lyon", text="Le courant saute")
    amina, chloe = visits("amina"), visits("chloe")
    page = amina.listens(amina.go(f"/c/{word}/"))
    page.locator("#commenter textarea").fill("Chez moi aussi")

    killed = children(house.pid)["parvis-port"]
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: children(house.pid).get("parvis-port", killed) != killed)
    chloe.post(f"/c/{word}/commentaires/", text="Il revient")
    expect(page.locator(".cm-text")).to_have_text(["Il revient"])
    page.locator("#commenter").get_by_role("button", name="Commenter").click()
    expect(page.locator(".cm-text")).to_have_text(["Il revient", "Chez moi aussi"])
    assert_live_equals_reload(page)
