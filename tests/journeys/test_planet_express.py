"""The first whole journey: an empty folder, a directory, a code on paper, a word on a wall, and who hears of it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House
from tests.journeys.planet_express import ldif
from tests.journeys.truth import assert_live_equals_reload
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
PASSWORD = "trois pizzas froides et un slurm"
SECRET = "Le plan sans robots"


def come_in(visitor: Visitor, house: House, name: str) -> None:
    """By the sheet of paper, as on the first morning."""
    code = house.command("paper_codes", name).split()[0]
    page = visitor.go("/")
    page.get_by_role("link", name="J’ai un code sur papier").click()
    page.get_by_label("Code sur papier").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Entrer").click()
    page.wait_for_url(f"{house.url}/")


def accept_the_charter(page: Page) -> None:
    page.get_by_role("button", name=re.compile("J’accepte")).click()


def found(visitor: Visitor, name: str, *, access: str, is_first_act: bool = False) -> str:
    """Gives the address of the new community."""
    page = visitor.go("/communautes/fonder/")
    page.locator("#id_name").fill(name)
    page.locator("#id_purpose").fill(f"{name}, en une phrase.")
    page.locator("input[name=kind]").first.check()
    page.locator(f"#access-{access}").check()
    page.get_by_role("button", name="Fonder la communauté").click()
    if is_first_act:
        accept_the_charter(page)
    page.wait_for_url(re.compile(r"/communautes/(?!fonder)[^/]+/$"))
    return page.url


def open_with(second: Visitor, founder: Visitor, wall: str, *, name: str, is_first_act: bool = False) -> None:
    """Two animate: whoever is asked accepts by their own act, and opens."""
    page = founder.go(f"{wall}preparer/?nom={name}")
    page.get_by_role("button", name=re.compile(f"Proposer d’animer .*{name}")).click()
    expect(page.get_by_text("invitation envoyée").first).to_be_visible()
    theirs = second.go(wall)
    theirs.get_by_role("button", name="Accepter d’animer").click()
    if is_first_act:
        accept_the_charter(theirs)
    expect(theirs.get_by_text("Vous animez").first).to_be_visible()
    second.go(f"{wall}preparer/").get_by_role("button", name="Ouvrir la communauté").click()
    theirs.wait_for_url(wall)


def write(page: Page, text: str) -> None:
    """In the editor, by its keys."""
    page.locator(".ProseMirror").click()
    page.keyboard.type(text)


def publish(visitor: Visitor, wall: str, text: str) -> str:
    """Gives the address of what was published."""
    page = visitor.go(wall)
    page.locator("[data-publish]:visible").first.click()
    write(page, text)
    page.locator("form.composer").get_by_role("button", name="Publier").click()
    page.wait_for_url(re.compile(r"/c/\d+/$"))
    return page.url


def test_from_an_empty_folder_to_a_conversation(empty_house: House, visits: Visits, tmp_path: Path):
    house = empty_house
    said = house.command("import_directory", str(ldif(tmp_path)), "--source", "planetexpress", "--json")
    assert '"created": 7' in said

    # Both come in by a code on paper: Fry on a phone, Leela on a desktop, where she opens two places.
    fry = visits(house=house, phone=True)
    come_in(fry, house, "fry")
    leela = visits(house=house)
    come_in(leela, house, "leela")
    open_wall = found(leela, "Livraisons", access="open", is_first_act=True)
    hidden_wall = found(leela, "Entre humains", access="private")
    amy = visits(house=house)
    come_in(amy, house, "amy")
    open_with(amy, leela, open_wall, name="Amy", is_first_act=True)
    open_with(amy, leela, hidden_wall, name="Amy")
    invite = leela.go(f"{hidden_wall}inviter/?nom=Fry")
    invite.get_by_role("button", name=re.compile("Inviter .*Fry")).click()
    watching = leela.listens(leela.go(open_wall))

    # Fry joins, which is his first act: the charter is asked, and he writes.
    fry.go("/communautes/").get_by_role("link", name="Livraisons").tap()
    fry.page.get_by_role("button", name="Rejoindre", exact=True).tap()
    accept_the_charter(fry.page)
    fry.page.wait_for_url(open_wall)
    expect(fry.page.get_by_text("Vous êtes membre").first).to_be_visible()
    word = publish(fry, open_wall, "Qui a pris la clef du vaisseau ?")
    expect(fry.page.locator("main .prose")).to_contain_text("la clef du vaisseau")

    # Leela's wall says so without being asked, and shows it when she wants.
    pill = watching.locator("live-news .news")
    expect(pill).to_be_visible()
    pill.click()
    card = watching.locator("main article", has_text="la clef du vaisseau")
    expect(card).to_be_visible()
    assert_live_equals_reload(watching)

    # She answers on the wall and thanks; Fry, on the page of his words, sees both arrive.
    card.get_by_role("link", name="Commenter").click()
    card.get_by_label("Votre commentaire").fill("Regarde dans ta poche.")
    card.locator(".comment-form").get_by_role("button", name="Commenter").click()
    expect(card.locator(".cm-text")).to_have_text("Regarde dans ta poche.")
    expect(fry.page.locator(".cm-text")).to_have_text("Regarde dans ta poche.")
    assert_live_equals_reload(fry.page)
    assert_live_equals_reload(watching)

    card.get_by_role("link", name="Choisir une réaction").click()
    card.get_by_role("button", name="Merci").click()
    expect(card.get_by_role("button", name="Merci")).to_have_attribute("aria-pressed", "true")
    expect(fry.page.locator("main .bar .sum")).to_contain_text("Leela")
    assert fry.page.url == word
    assert_live_equals_reload(fry.page)
    assert_live_equals_reload(watching)

    # Fry answers from his phone; Leela hears it too.
    fry.page.locator("#commenter textarea").fill("Elle y était.")
    fry.page.locator("#commenter").get_by_role("button", name="Commenter").tap()
    expect(card.locator(".cm-text")).to_have_count(2)
    assert_live_equals_reload(watching)
    assert_live_equals_reload(fry.page)

    # He comes into the private place by his invitation, and writes there what a robot must not read.
    fry.go("/communautes/").locator("#invitations").get_by_role("button", name="Rejoindre", exact=True).tap()
    fry.page.wait_for_url(hidden_wall)
    secret = publish(fry, hidden_wall, f"{SECRET} #plansecret")
    expect(fry.page.locator("main .prose")).to_contain_text(SECRET)
    leela.go(secret)
    expect(leela.page.locator("main .prose")).to_contain_text(SECRET)
    heard_by_leela = leela.page.locator("body").get_attribute("data-live-main")

    bender = visits(house=house)
    come_in(bender, house, "bender")
    finds_no_trace(bender, wall=hidden_wall, secret=secret, open_wall=open_wall, topic=str(heard_by_leela))


def same_but_for(visitor: Visitor, address: str, one: object, other: object) -> bool:
    """Whether two addresses get the same answer, apart from what is drawn anew in each and from the word itself."""

    def answer(word: object) -> tuple[int, str]:
        status, text = visitor.get(address.format(word))
        text = re.sub(r'((?:csrf" content|csrfmiddlewaretoken" value|key" value|nonce)=)"[^"]+"', r"\1", text)
        # A number stands in many places: only its address counts.
        return status, text.replace(word if isinstance(word, str) else address.format(word), "…")

    return answer(one) == answer(other)


def finds_no_trace(bender: Visitor, *, wall: str, secret: str, open_wall: str, topic: str) -> None:
    traces = re.compile("Entre humains|sans robots|plansecret|entre-humains")
    number = int(re.findall(r"/c/(\d+)/", secret)[0])
    refused = [wall, *(f"{wall}{page}/" for page in ("a-propos", "membres", "inviter", "reglages", "signalements"))]
    refused += [secret, *(f"{secret}{page}/" for page in ("carte", "actions", "commentaires", "reactions"))]
    refused += [f"{secret}{page}/" for page in ("modifier", "historique", "supprimer", "signaler")]
    for address in refused:
        status, text = bender.get(address)
        assert status == 404, address
        assert not traces.search(text), address

    _, of_leela = bender.get("/chercher/?q=leela")
    _, of_fry = bender.get("/chercher/?q=fry")
    people = re.findall(r"/personnes/(\d+)/", of_leela + of_fry)
    assert len(set(people)) >= 2
    everywhere = ["/", "/?vue=fil", "/communautes/", "/communautes/?nom=humains", "/entreprise/", "/moi/", open_wall]
    everywhere += ["/chercher/?q=humain", "/chercher/?q=plan", "/suggestions/sujets/?q=pl"]
    everywhere += [f"/suggestions/personnes/?q=fry&a={n}" for n in range(1, 12)]
    for person in set(people):
        everywhere += [f"/personnes/{person}/{page}" for page in ("", "publications/", "photo/96/")]
    for address in everywhere:
        _status, text = bender.get(address)
        assert not traces.search(text), address
    # What only the others have looks like what nobody has.
    assert same_but_for(bender, "/sujets/{}/", "plansecret", "jamaisdite")
    assert same_but_for(bender, "/c/{}/", number, 999_999)

    # Ctrl+K, as he would.
    page = bender.go("/")
    page.keyboard.press("Control+k")
    page.locator("#find input").fill("humains")
    expect(page.locator("#find-hits")).to_contain_text("ne répond à")
    expect(page.locator("#find-hits [role=option]")).to_have_count(0)

    # And listening: every audience and every contribution that exists, by its number.
    topics = [f"a:{n}" for n in range(1, 20)] + [f"c:{n}" for n in range(1, number + 1)]
    heard = page.evaluate(
        """topics => new Promise(answer => {
          const heard = {lost: [], frames: []};
          const socket = new WebSocket(location.origin.replace('http', 'ws') + '/live/');
          socket.onopen = () => socket.send(JSON.stringify({subscribe: Object.fromEntries(topics.map(t => [t, 0]))}));
          socket.onmessage = ({data}) => {
            const said = JSON.parse(data);
            said.lost ? heard.lost.push(...said.lost) : heard.frames.push(said.topic);
          };
          setTimeout(() => (socket.close(), answer(heard)), 1500);
        })""",
        topics,
    )
    assert topic in topics
    assert {topic, f"c:{number}"} <= set(heard["lost"])
    assert not {topic, f"c:{number}"} & set(heard["frames"])
    _, versions = bender.get(f"/live/versions/?t={','.join(topics)}")
    assert not {topic, f"c:{number}"} & set(json.loads(versions))
