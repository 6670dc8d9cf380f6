"""Coming in by identifier or mail and password."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from parvis.people import actions, rules, sign_in
from parvis.people.models import FailedEntry, Person
from tests.conftest import PASSWORD


@pytest.fixture
def fry(db: None) -> Person:
    person = actions.add_person(identifier="fry", name="Philip J. Fry", mail="fry@planetexpress.example")
    actions.set_first_password(person=person, password=PASSWORD)
    return person


def enter(client: Client, login: str, password: str = PASSWORD, **fields: str):
    return client.post("/connexion/", {"login": login, "password": password, **fields})


@pytest.mark.parametrize("login", ["fry", "FRY", "  fry ", "fry@planetexpress.example", "Fry@PlanetExpress.Example"])
def test_one_comes_in_by_identifier_or_mail_whatever_the_case(client: Client, fry: Person, login: str) -> None:
    answer = enter(client, login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/moi/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["http://localhost/", "//127.0.0.1/x", "https://elsewhere.example/", "/\\\\x.example"]
)
def test_nobody_is_led_elsewhere_by_the_door(client: Client, fry: Person, elsewhere: str) -> None:
    assert enter(client, "fry", next=elsewhere)["Location"] == "/"


def test_one_comes_back_to_the_page_one_asked_for(client: Client, fry: Person) -> None:
    assert client.get("/moi/sessions/")["Location"] == "/connexion/?next=/moi/sessions/"
    assert enter(client, "fry", next="/moi/sessions/")["Location"] == "/moi/sessions/"
    assert (
        Client().post("/connexion/", {"login": "fry", "password": PASSWORD, "next": "https://elsewhere.example/"})[
            "Location"
        ]
        == "/"
    )


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, fry: Person) -> None:
    wrong, unknown = enter(client, "fry", "pas celui-là"), enter(client, "nobody", "pas celui-là")
    assert wrong.status_code == unknown.status_code == 422
    said = [answer.content.decode().replace("nobody", "fry") for answer in (wrong, unknown)]
    assert without_secrets(said[0]) == without_secrets(said[1])
    assert "ne vont pas ensemble" in said[0]
    assert 'value="fry"' in said[0]


def test_an_unknown_name_costs_one_password_hash_like_a_known_one(
    client: Client, fry: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted rather than timed: a clock in a test lies."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append("once") or encode(self, *args))
    new = actions.add_person(identifier="leela", name="Turanga Leela")
    assert new.activated_at is None
    counts = []
    for name in ("fry", "nobody", "nobody@planetexpress.example", "fry@planetexpress.example", "leela"):
        hashed.clear()
        enter(client, name, "pas celui-là")
        counts.append(len(hashed))
    assert counts == [1, 1, 1, 1, 1]


def test_a_name_waits_longer_after_each_failure_whoever_it_is(client: Client, fry: Person) -> None:
    for name in ("fry", "nobody"):
        for _ in range(5):
            assert "ne vont pas ensemble" in enter(client, name, "non").content.decode()
        answer = enter(client, name, PASSWORD)
        assert answer.status_code == 422
        assert "Attendez 1 minute" in answer.content.decode()
    assert FailedEntry.objects.count() == 2


def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_is_forgotten_the_next_day(db: None) -> None:
    waits = []
    for _ in range(12):
        actions.count_failure(typed=" Fry ")
        waits.append(rules.minutes_to_wait("FRY"))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15, 15]
    FailedEntry.objects.update(last_at=timezone.now() - timedelta(days=1, minutes=1))
    assert rules.minutes_to_wait("fry") == 0


def test_a_success_forgets_the_failures(client: Client, fry: Person) -> None:
    for _ in range(4):
        enter(client, "fry", "non")
    assert enter(client, "fry").status_code == 302
    assert not FailedEntry.objects.exists()


def test_somebody_suspended_is_told_so_after_the_right_password_only(
    client: Client, fry: Person, karim: Person
) -> None:
    actions.suspend(person=fry, by=karim)
    assert "suspendu" not in enter(client, "fry", "non").content.decode()
    answer = enter(client, "fry")
    assert answer.status_code == 422
    assert "Votre accès est suspendu" in answer.content.decode()
    assert client.get("/moi/").status_code == 302


def test_somebody_suspended_while_signed_in_finds_the_door_and_a_sentence(
    client: Client, fry: Person, karim: Person
) -> None:
    enter(client, "fry")
    actions.suspend(person=fry, by=karim)
    answer = client.get("/moi/", follow=True)
    assert answer.redirect_chain == [("/connexion/?next=/moi/", 302)]
    assert "Votre accès est suspendu" in answer.content.decode()


def test_a_fragment_sends_the_whole_page_to_the_door(client: Client, db: None) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/communautes/x/?page=2"}
    answer = client.get("/connexion/", headers=headers)
    assert answer["HX-Redirect"] == "/connexion/?next=%2Fcommunautes%2Fx%2F"


def test_one_goes_out(client: Client, fry: Person) -> None:
    enter(client, "fry")
    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").status_code == 302
    assert client.get("/moi/")["Location"].startswith("/connexion/")


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/accounts/signup/").status_code in (302, 404)
    assert not Person.objects.filter(identifier="mallory").exists()


def test_the_door_speaks_both_languages(client: Client, db: None) -> None:
    french = client.get("/connexion/").content.decode()
    assert "Entrez, c’est ouvert." in french
    english = client.get("/connexion/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert english["Content-Language"] == "en"
    assert '<html lang="en"' in english.content.decode()


def test_no_last_visit_is_kept() -> None:
    assert "last_login" not in {field.name for field in Person._meta.get_fields()}


def without_secrets(page: str) -> str:
    return re.sub(r'(value|nonce|content)="[\w-]{16,}"', "", page)


def test_the_demonstration_offers_people_only_when_somebody_offers_them(
    client: Client, fry: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Démonstration" not in client.get("/connexion/").content.decode()
    monkeypatch.setattr(sign_in, "_providers", [lambda request: [sign_in.Offer("Fry", "Livreur", fry, "/demo/1/")]])
    page = client.get("/connexion/").content.decode()
    assert "Démonstration\u00a0: entrer comme…" in page
    assert 'action="/demo/1/"' in page


@pytest.mark.parametrize(
    ("asked", "cookie", "spoken"),
    [
        ("en-GB,en;q=0.9", "", "en"),
        ("de, en;q=0.5", "", "en"),
        ("de", "", "fr"),
        ("en", "fr", "fr"),
        ("x" * 5000, "tlh", "fr"),
        ("", "", "fr"),
    ],
)
def test_before_one_comes_in_the_switch_then_the_browser_then_the_company_decide(
    client: Client, db: None, asked: str, cookie: str, spoken: str
) -> None:
    client.cookies["parvis_language"] = cookie
    assert client.get("/connexion/", headers={"Accept-Language": asked})["Content-Language"] == spoken
