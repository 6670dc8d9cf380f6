"""The charter is asked at the first act, not at the door, and nothing typed is lost."""

import re
from collections.abc import Callable
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parvis.communities.models import Community, Membership
from parvis.people.charter import CHARTER_VERSION, charter_sha256, charter_text
from parvis.people.models import CharterAcceptance, Person

TYPED = {
    "name": "Vélo du midi",
    "purpose": 'On roule, on mange.\r\nOn revient "à l’heure" & <sans> sueur.',
    "kind": "interest",
    "access": "open",
    "rules": "",
    "key": "abcdefgh12345678",
}


def form_in(page: str) -> dict[str, str]:
    """What the form would send again, as a browser does."""
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in fields}


def test_reading_asks_nothing(as_: Callable[[Person], Client], ines: Person, lyon: Community) -> None:
    assert as_(ines).get(f"/communautes/{lyon.slug}/a-propos/").status_code == 200
    assert not CharterAcceptance.objects.filter(person=ines).exists()


def test_the_first_act_asks_and_keeps_all_that_was_typed(as_: Callable[[Person], Client], ines: Person) -> None:
    browser = as_(ines)
    asked = browser.post("/communautes/fonder/", TYPED)
    assert asked.status_code == 403
    page = asked.content.decode()
    assert "Avant d’écrire, la charte" in page
    assert not Community.objects.exists()
    kept = form_in(page)
    assert kept == TYPED

    answer = browser.post("/communautes/fonder/", {**kept, "accept_charter": CHARTER_VERSION})
    assert answer.status_code == 302
    assert Community.objects.get().name == "Vélo du midi"
    acceptance = CharterAcceptance.objects.get(person=ines)
    assert (acceptance.version, acceptance.language) == (CHARTER_VERSION, "fr")
    assert acceptance.sha256 == charter_sha256("fr")


def test_accepting_twice_acts_once(as_: Callable[[Person], Client], ines: Person) -> None:
    browser = as_(ines)
    for _ in range(2):
        browser.post("/communautes/fonder/", {**TYPED, "accept_charter": CHARTER_VERSION})
    assert Community.objects.count() == 1
    assert CharterAcceptance.objects.filter(person=ines).count() == 1


def test_a_form_of_another_site_does_not_accept_in_ones_place(ines: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ines)
    answer = browser.post("/communautes/fonder/", {**TYPED, "accept_charter": CHARTER_VERSION})
    assert answer.status_code == 403
    assert not CharterAcceptance.objects.filter(person=ines).exists()


def test_an_old_version_is_not_what_one_is_asked(as_: Callable[[Person], Client], ines: Person) -> None:
    assert as_(ines).post("/communautes/fonder/", {**TYPED, "accept_charter": "1999-01"}).status_code == 403
    assert not CharterAcceptance.objects.filter(person=ines).exists()


def test_reading_only_gives_the_text_back_in_its_form(as_: Callable[[Person], Client], ines: Person) -> None:
    answer = as_(ines).post("/communautes/fonder/", {**TYPED, "only_reading": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Vélo du midi"' in page
    assert "Votre texte est gardé" in page
    assert not Community.objects.exists()


def test_reading_only_after_a_button_goes_back_where_one_was(
    as_: Callable[[Person], Client], ines: Person, lyon: Community
) -> None:
    about = f"http://testserver/communautes/{lyon.slug}/a-propos/"
    answer = as_(ines).post(f"/communautes/{lyon.slug}/rejoindre/", {"only_reading": "1"}, headers={"Referer": about})
    assert answer.status_code in (302, 422)
    assert not Membership.objects.filter(person=ines).exists()


def test_htmx_gets_a_dialog_and_the_page_stays(as_: Callable[[Person], Client], ines: Person, lyon: Community) -> None:
    answer = as_(ines).post(f"/communautes/{lyon.slug}/rejoindre/", {}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#dialog-place", "innerHTML")
    page = answer.content.decode()
    assert page.lstrip().startswith("<dialog")
    assert f'action="/communautes/{lyon.slug}/rejoindre/"' in page


def test_a_file_cannot_be_kept_and_this_is_said(as_: Callable[[Person], Client], ines: Person) -> None:
    typed = {**TYPED, "picture": SimpleUploadedFile("plan.pdf", b"%PDF-1.4")}
    page = as_(ines).post("/communautes/fonder/", typed).content.decode()
    assert "plan.pdf" in page
    assert form_in(page) == TYPED


def test_the_charter_is_public_and_speaks_both_languages(client: Client, db: None) -> None:
    french = client.get("/charte/").content.decode()
    assert "projet à faire relire" in charter_text("fr").lower() or "Projet à faire relire" in french
    assert french.count("<li>") >= 12
    assert "J’accepte" not in french
    english = client.get("/charte/", headers={"Accept-Language": "en"}).content.decode()
    assert "Reading is enough." in english


def test_one_may_accept_it_where_one_reads_it(as_: Callable[[Person], Client], ines: Person) -> None:
    browser = as_(ines)
    assert "J’accepte la charte" in browser.get("/charte/").content.decode()
    answer = browser.post(
        "/charte/accepter/", {"accept_charter": CHARTER_VERSION, "next": "https://elsewhere.example"}
    )
    assert answer["Location"] == "/charte/"
    page = browser.get("/charte/").content.decode()
    assert "acceptée par vous" in page
    assert "J’accepte la charte" not in page


def test_both_languages_have_the_same_twelve_rules() -> None:
    for language in ("fr", "en"):
        assert re.findall(r"^(\d+)\. ", charter_text(language), re.MULTILINE) == [str(n) for n in range(1, 13)]
