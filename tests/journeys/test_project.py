"""The life of a project: founded by two, opened, written in, joined to another community, and all of it undone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House
from tests.journeys.test_planet_express import publish
from tests.journeys.truth import lines_of
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


def found(visitor: Visitor, name: str, *, second: str) -> Page:
    page = visitor.go("/communautes/fonder/")
    page.locator("#id_name").fill(name)
    page.locator("#id_purpose").fill("Moins d’arrêts sur la ligne 2.")
    page.locator("input[name=kind][value=project]").check()
    page.locator("#access-private").check()
    page.locator("#id_second").fill(second)
    page.get_by_role("button", name="Fonder la communauté").click()
    page.wait_for_url(re.compile(r"/communautes/(?!fonder)[^/]+/"))
    return page


def what_stands(visitor: Visitor, wall: str) -> list[str]:
    """A wall and its members, but for what every drawing and every version has of its own."""
    said = [*lines_of(visitor.go(wall)), *lines_of(visitor.go(f"{wall}membres/"))]
    drawn_anew = r" (?:data-(?:version|since|topics?)|name=key|value|id|aria-labelledby)=\S*"
    return [re.sub(drawn_anew, "", line) for line in said]


@pytest.mark.parametrize("phone", [False, True], ids=["founded-at-a-desk", "founded-on-a-phone"])
def test_a_project_is_founded_opened_merged_and_parted(
    visits: Visits, house: House, ids: dict[str, Any], *, phone: bool
):
    end = "bis" if phone else "un"
    names = {f"paula{end}": "Paula Costa", f"quentin{end}": "Quentin Leroy", f"rania{end}": "Rania Saïd"}
    if phone:
        names = {name: f"{full} {end}" for name, full in names.items()}
    founder, second, author = names
    house.furnish("people", names=names, members_of=[])
    other = house.furnish("place", by=founder, name=f"Atelier de l’usine {end}", access="open", members=["bruno"])
    name = f"Ligne {'deux' if phone else 'neuf'} sans arrêt"

    # Founded: nobody sees it but the two who will animate it, and one alone does not open it.
    paula, quentin, rania = visits(founder, phone=phone), visits(second, phone=not phone), visits(author, phone=phone)
    page = found(paula, name, second=names[second])
    wall = re.sub(r"(/communautes/[^/]+/).*", r"\1", page.url)
    assert rania.get(wall)[0] == 404
    paula.go(f"{wall}preparer/")
    expect(page.get_by_text("invitation envoyée")).to_be_visible()
    expect(page.get_by_role("button", name="Ouvrir la communauté")).to_have_count(0)

    # He accepts by his own act, and opens it.
    asked = quentin.go("/communautes/")
    asked.get_by_role("main").get_by_role("link", name=name).first.click()
    asked.get_by_role("button", name="Accepter d’animer").click()
    expect(asked.get_by_text("Vous animez").first).to_be_visible()
    quentin.go(f"{wall}preparer/").get_by_role("button", name="Ouvrir la communauté").click()
    expect(asked.locator("#ou-en-est-on")).to_be_visible()

    # « Où en est-on ? », said by the founder.
    paula.go(wall).locator("#ou-en-est-on").get_by_role("link", name="Mettre à jour").click()
    form = page.locator(".now-form")
    form.locator("[name=next_step]").fill("Essai du convoyeur")
    form.locator("[name=lead]").fill(names[second])
    form.get_by_label("Jalon 1", exact=True).fill("Pièces reçues")
    form.locator("[name=reached_1]").check()
    form.get_by_role("button", name="Enregistrer").click()
    for words in ("Essai du convoyeur", names[second], "Pièces reçues"):
        expect(page.locator("#ou-en-est-on")).to_contain_text(words)

    # Somebody comes in, and writes.
    paula.go(f"{wall}inviter/?nom=Rania").get_by_role("button", name=re.compile(f"Inviter {names[author]}$")).click()
    expect(page.locator(".toast")).to_contain_text("est partie")
    rania.go("/communautes/").locator("#invitations").get_by_role("button", name="Rejoindre", exact=True).click()
    rania.page.wait_for_url(wall)
    expect(rania.page.locator("#ou-en-est-on")).to_contain_text("Essai du convoyeur")
    word = publish(rania, wall, f"Le capteur {end} de la ligne colle au froid")
    before = what_stands(rania, wall)
    stranger = visits("chloe", phone=phone)
    assert stranger.get(word)[0] == 404

    # Joined to the workshop: what it changes is read first, and what she wrote waits for her word.
    paula.go(wall).locator(".hero-a summary").first.click()
    page.get_by_role("link", name="La réunir à une autre…").click()
    page.get_by_role("link", name="Voir ce que cela change").click()
    expect(page.locator(".changes")).to_contain_text("1 publication attend l’accord de qui l’a écrite")
    expect(page.locator(".changes")).to_contain_text("toute l’entreprise les lira")
    page.get_by_role("button", name="Réunir", exact=True).click()
    page.wait_for_url(f"**/communautes/{other}/")
    assert stranger.get(word)[0] == 404

    asked = rania.go("/?vue=fil")
    if phone:
        asked.locator("main details.folded summary").first.tap()
    asked.get_by_role("link", name=re.compile("vos écrits|Répondre|Voir", re.IGNORECASE)).first.click()
    asked.wait_for_url("**/moi/deplacements/")
    asked.get_by_role("button", name=re.compile("^Oui")).first.click()
    expect(asked.locator(".toast")).to_contain_text("l’échange a suivi")

    # Whoever reads the workshop reads it there; its link and the old address lead there.
    expect(stranger.go(word).locator("main .prose").first).to_contain_text("colle au froid")
    expect(stranger.go(f"/communautes/{other}/").locator("main article")).to_contain_text("colle au froid")
    rania.go(wall)
    rania.page.wait_for_url(f"**/communautes/{other}/**")
    expect(rania.page.locator("main article").first).to_contain_text("colle au froid")

    # Undone: everything as before.
    paula.go(f"/communautes/{other}/").get_by_role("button", name="Défaire la réunion").first.click()
    page.wait_for_url(wall)
    assert stranger.get(word)[0] == 404
    assert stranger.get(wall)[0] == 404
    expect(stranger.go(f"/communautes/{other}/").locator("main article")).to_have_count(0)
    assert what_stands(rania, wall) == before
    expect(rania.go(word).locator("main .prose").first).to_contain_text("colle au froid")
    rania.page.locator("#commenter textarea").fill("Je reprends ici.")
    rania.page.locator("#commenter").get_by_role("button", name="Commenter").click()
    expect(rania.page.locator(".cm-text")).to_have_text("Je reprends ici.")
