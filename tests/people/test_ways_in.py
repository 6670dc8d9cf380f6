"""An invitation in the mail, a code on paper, a forgotten password: one use each, and a page that helps."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from parvis.kernel.jobs.worker import run_due
from parvis.people import actions, paper
from parvis.people.models import EntryPass, Person
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def letters_stay_here(settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


@pytest.fixture
def fry(db: None) -> Person:
    """In the directory, not in yet."""
    return actions.add_person(identifier="fry", name="Philip J. Fry", mail="fry@planetexpress.example")


@pytest.fixture
def zoidberg(db: None) -> Person:
    """Without a mailbox."""
    return actions.add_person(identifier="zoidberg", name="John Zoidberg", site="Lyon")


def link_in(letter: object) -> str:
    return re.findall(r"http://localhost:8000(/entrer/[\w-]+/)", str(letter.body))[0]  # type: ignore[attr-defined]


def the_link() -> str:
    run_due()
    return link_in(mail.outbox[-1])


# --- A letter


def test_a_second_click_sends_no_second_letter(client: Client, fry: Person, karim: Person) -> None:
    client.force_login(karim)
    for _click in range(2):
        assert client.post(f"/personnes/{fry.pk}/acces/invitation/").status_code == 302
    run_due()
    assert len(mail.outbox) == 1


def test_who_has_a_first_name_is_greeted_by_it(client: Client, fry: Person) -> None:
    Person.objects.filter(pk=fry.pk).update(given_name="Philip")
    actions.invite_by_mail(person=fry, by=None)

    assert "<h1>Bonjour Philip</h1>" in client.get(the_link()).content.decode()
    assert mail.outbox[-1].body.startswith("Bonjour Philip,\n")


def test_an_invitation_lets_somebody_in_by_their_own_act(client: Client, fry: Person) -> None:
    actions.invite_by_mail(person=fry, by=None)
    address = the_link()

    page = client.get(address)
    assert page.status_code == 200
    # The directory gave no first name: a greeting without a name, rather than with the family's.
    assert "<h1>Bonjour</h1>" in page.content.decode()
    assert mail.outbox[-1].body.startswith("Bonjour,\n")
    assert Person.objects.get(pk=fry.pk).activated_at is None

    answer = client.post(address, {"password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Person.objects.get(pk=fry.pk).activated_at is not None
    assert client.get("/moi/").status_code == 200
    assert Client().post("/connexion/", {"login": "fry", "password": PASSWORD}).status_code == 302


def test_the_letter_is_in_the_language_of_the_one_who_reads_it(fry: Person) -> None:
    actions.change_own_settings(person=fry, language="en")
    actions.invite_by_mail(person=fry, by=None)
    run_due()
    assert mail.outbox[-1].to == ["fry@planetexpress.example"]
    assert "fry" in mail.outbox[-1].body


def test_neither_the_table_nor_the_queue_holds_what_opens(fry: Person) -> None:
    from parvis.kernel.jobs.models import Job

    made = actions.invite_by_mail(person=fry, by=None)
    waiting = str(list(Job.objects.values()))
    secret = the_link().split("/")[2]
    assert secret not in waiting
    assert made.sha256 == paper.fingerprint(secret) != secret


def test_a_link_serves_once(client: Client, fry: Person) -> None:
    actions.invite_by_mail(person=fry, by=None)
    address = the_link()
    client.post(address, {"password": PASSWORD})

    for answer in (Client().get(address), Client().post(address, {"password": PASSWORD + " encore"})):
        assert answer.status_code == 410
        assert "Ce lien a déjà servi" in answer.content.decode()
    assert Client().post("/connexion/", {"login": "fry", "password": PASSWORD}).status_code == 302


def test_a_link_that_ran_out_says_what_to_do(client: Client, fry: Person) -> None:
    made = actions.invite_by_mail(person=fry, by=None)
    address = the_link()
    EntryPass.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    page = client.get(address)
    assert page.status_code == 410
    assert "n’est plus valable" in page.content.decode()
    assert "/mot-de-passe/oublie/" in page.content.decode()


def test_a_newer_invitation_withdraws_the_older(client: Client, fry: Person) -> None:
    actions.invite_by_mail(person=fry, by=None)
    first = the_link()
    actions.invite_by_mail(person=fry, by=None)
    assert the_link() != first
    assert "Ce lien a été remplacé" in client.get(first).content.decode()


def test_an_unknown_link_opens_nothing(client: Client, db: None) -> None:
    page = client.get("/entrer/nimporte-quoi/")
    assert page.status_code == 410
    assert "Ce lien n’ouvre rien" in page.content.decode()


def test_a_suspended_person_does_not_come_in_by_an_old_link(client: Client, fry: Person) -> None:
    actions.invite_by_mail(person=fry, by=None)
    address = the_link()
    actions.suspend(person=fry, by=None)
    assert "suspendu" in client.get(address).content.decode()
    assert client.post(address, {"password": PASSWORD}).status_code == 410


def test_a_letter_whose_invitation_ended_is_not_sent(fry: Person) -> None:
    actions.invite_by_mail(person=fry, by=None)
    actions.withdraw_ways_in(person=fry, by=None)
    run_due()
    assert mail.outbox == []


# --- A code on paper


def test_a_code_on_paper_is_typed_as_one_likes(client: Client, zoidberg: Person) -> None:
    code = actions.make_paper_code(person=zoidberg, by=None)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    typed = f" {code.lower().replace('-', '  ').replace('0', 'o').replace('1', 'l')} "

    answer = client.post("/code/", {"code": typed})
    assert answer["Location"] == "/code/mot-de-passe/"
    page = client.get("/code/mot-de-passe/").content.decode()
    assert "zoidberg" in page
    assert client.post("/code/mot-de-passe/", {"password": PASSWORD})["Location"] == "/"
    assert client.get("/moi/").status_code == 200
    assert Person.objects.get(pk=zoidberg.pk).activated_at is not None


def test_a_code_is_good_until_a_password_is_chosen(zoidberg: Person) -> None:
    code = actions.make_paper_code(person=zoidberg, by=None)
    for _ in range(2):
        assert Client().post("/code/", {"code": code}).status_code == 302


def test_a_weak_password_keeps_the_code_alive(client: Client, zoidberg: Person) -> None:
    code = actions.make_paper_code(person=zoidberg, by=None)
    client.post("/code/", {"code": code})
    answer = client.post("/code/mot-de-passe/", {"password": "zoidberg2026!"})
    assert answer.status_code == 422
    assert "votre nom, votre identifiant" in answer.content.decode()
    assert client.post("/code/mot-de-passe/", {"password": PASSWORD}).status_code == 302


def test_a_code_serves_once(client: Client, zoidberg: Person) -> None:
    code = actions.make_paper_code(person=zoidberg, by=None)
    client.post("/code/", {"code": code})
    client.post("/code/mot-de-passe/", {"password": PASSWORD})
    page = Client().post("/code/", {"code": code})
    assert page.status_code == 410
    assert "Ce code a déjà servi" in page.content.decode()


def test_two_tabs_with_one_code_make_one_entry(zoidberg: Person) -> None:
    code = actions.make_paper_code(person=zoidberg, by=None)
    tabs = [Client(), Client()]
    for tab in tabs:
        tab.post("/code/", {"code": code})
    answers = [tab.post("/code/mot-de-passe/", {"password": PASSWORD}).status_code for tab in tabs]
    assert answers == [302, 410]


def test_a_code_that_ran_out_or_was_replaced_says_so(client: Client, zoidberg: Person) -> None:
    old = actions.make_paper_code(person=zoidberg, by=None)
    new = actions.make_paper_code(person=zoidberg, by=None)
    assert "Ce code a été remplacé" in client.post("/code/", {"code": old}).content.decode()
    EntryPass.objects.filter(person=zoidberg).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "n’est plus valable" in client.post("/code/", {"code": new}).content.decode()


def test_a_mistyped_code_is_kept_and_explained(client: Client, db: None) -> None:
    short = client.post("/code/", {"code": "K7QM 2R9D"})
    assert short.status_code == 422
    assert 'value="K7QM 2R9D"' in short.content.decode()
    assert "Un code a 16 lettres et chiffres\u00a0; celui-ci en a 8." in short.content.decode().replace(
        "\u202f", "\u00a0"
    )
    assert "n’ouvre rien" in client.post("/code/", {"code": "K7QM2R9D4XHT8WNC"}).content.decode()


def test_guessing_codes_is_slowed_down(client: Client, db: None, settings: pytest.FixtureRequest) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"paper_code": "3/m/ip"}  # type: ignore[attr-defined]
    answers = [client.post("/code/", {"code": "K7QM2R9D4XHT8WNC"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 429, 429]


def test_a_password_needs_a_code_first(client: Client, db: None) -> None:
    assert client.get("/code/mot-de-passe/")["Location"] == "/code/"


# --- A forgotten password


def test_a_forgotten_password_is_chosen_again_by_a_link_of_one_hour(client: Client, bruno: Person) -> None:
    actions.set_first_password(person=bruno, password=PASSWORD)
    assert client.post("/mot-de-passe/oublie/", {"name": "Bruno"})["Location"] == "/mot-de-passe/envoye/"
    address = the_link()
    made = EntryPass.objects.get(person=bruno)
    assert made.expires_at - made.created_at == timedelta(hours=1)
    assert client.post(address, {"password": "quatre vélos rouges dehors"}).status_code == 302
    assert Client().post("/connexion/", {"login": "bruno", "password": PASSWORD}).status_code == 422


def test_an_unknown_name_gets_the_same_answer_and_nobody_a_letter(client: Client, bruno: Person, fry: Person) -> None:
    answers = []
    for name in ("bruno", "nobody", "nobody@vauban.example"):
        answer = client.post("/mot-de-passe/oublie/", {"name": name})
        answers.append((answer.status_code, answer["Location"]))
    assert len(set(answers)) == 1
    run_due()
    assert [letter.to for letter in mail.outbox] == [["bruno@vauban.example"]]


def test_somebody_who_never_came_in_needs_an_invitation_rather_than_a_reset(client: Client, fry: Person) -> None:
    client.post("/mot-de-passe/oublie/", {"name": "fry"})
    run_due()
    assert mail.outbox == []


def test_asking_twice_sends_one_letter(client: Client, bruno: Person) -> None:
    for _ in range(2):
        client.post("/mot-de-passe/oublie/", {"name": "bruno"})
    run_due()
    assert len(mail.outbox) == 1


def test_a_new_password_closes_the_other_sessions(client: Client, bruno: Person) -> None:
    actions.set_first_password(person=bruno, password=PASSWORD)
    phone = Client()
    phone.post("/connexion/", {"login": "bruno", "password": PASSWORD})
    client.post("/mot-de-passe/oublie/", {"name": "bruno"})
    client.post(the_link(), {"password": "quatre vélos rouges dehors"})
    page = phone.get("/moi/", follow=True).content.decode()
    assert "Votre mot de passe a changé" in page


# --- The console


def test_the_console_prints_codes_for_a_site(
    zoidberg: Person, fry: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("paper_codes", "--site", "lyon", "--csv")
    head, line = capsys.readouterr().out.splitlines()
    assert head == "name,identifier,site,unit,code,address,until"
    name, identifier, _site, _unit, code, *_ = line.split(",")
    assert (name, identifier) == ("John Zoidberg", "zoidberg")
    assert Client().post("/code/", {"code": code}).status_code == 302

    call_command("paper_codes", "--html")
    assert "<article>" in capsys.readouterr().out
    call_command("paper_codes", "fry")
    assert "fry" in capsys.readouterr().out


def test_the_console_invites_those_who_have_a_mailbox(
    zoidberg: Person, fry: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite", "--all")
    said = capsys.readouterr().out
    assert "1 invitation(s)" in said
    assert "zoidberg" in said
    run_due()
    assert len(mail.outbox) == 1
