"""Who sees whom, and what administrators do for one person."""

from collections.abc import Callable

import pytest
from django.test import Client

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.people import actions
from parvis.people.models import EntryPass, Person


def test_everybody_of_the_company_sees_everybody_who_came_in(
    as_: Callable[[Person], Client], amina: Person, bruno: Person
) -> None:
    new = actions.add_person(identifier="nouveau", name="Pas Encore Là")
    page = as_(bruno).get(f"/personnes/{amina.pk}/")
    assert page.status_code == 200
    assert "Ingénieure, Lyon" in page.content.decode()
    assert as_(bruno).get(f"/personnes/{new.pk}/").status_code == 404
    assert as_(bruno).get("/personnes/999999/").status_code == 404
    assert Client().get(f"/personnes/{amina.pk}/")["Location"].startswith("/connexion/")


def test_a_guest_sees_those_of_the_same_communities_only(
    as_: Callable[[Person], Client], amina: Person, bruno: Person, driss: Person, cordon: Community, chloe: Person
) -> None:
    assert as_(driss).get(f"/personnes/{amina.pk}/").status_code == 404
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    assert as_(driss).get(f"/personnes/{amina.pk}/").status_code == 200
    assert as_(driss).get(f"/personnes/{bruno.pk}/").status_code == 404
    assert as_(driss).get(f"/personnes/{driss.pk}/").status_code == 200


def test_a_manager_whom_the_reader_may_not_see_is_not_named(
    as_: Callable[[Person], Client], amina: Person, driss: Person, chloe: Person, cordon: Community
) -> None:
    actions.change_entry(person=amina, manager=actions.add_person(identifier="patron", name="Marc Vandamme"))
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    page = as_(driss).get(f"/personnes/{amina.pk}/")
    assert page.status_code == 200
    assert "Vandamme" not in page.content.decode()


def test_a_page_costs_the_same_for_anybody(
    as_: Callable[[Person], Client], amina: Person, bruno: Person, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = as_(bruno)
    browser.get(f"/personnes/{amina.pk}/")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        browser.get(f"/personnes/{amina.pk}/")


# --- Access


ACTS = ["code/", "invitation/", "suspension/", "sessions/", "retirer/"]


@pytest.mark.parametrize("act", ["", *ACTS])
def test_only_administrators_give_access(
    as_: Callable[[Person], Client], amina: Person, bruno: Person, driss: Person, act: str
) -> None:
    for person in (bruno, driss, amina):
        browser = as_(person)
        address = f"/personnes/{amina.pk}/acces/{act}"
        answer = browser.post(address, {"on": "1"}) if act else browser.get(address)
        assert answer.status_code == 403
    assert Person.objects.get(pk=amina.pk).is_active


def test_a_code_is_shown_once_on_a_sheet(as_: Callable[[Person], Client], karim: Person) -> None:
    new = actions.add_person(identifier="zoidberg", name="John Zoidberg")
    browser = as_(karim)
    assert "accès pas encore ouvert" in browser.get(f"/personnes/{new.pk}/acces/").content.decode()
    sheet = browser.post(f"/personnes/{new.pk}/acces/code/").content.decode()
    code = sheet.split('<span class="code">')[1].split("<")[0]
    assert Client().post("/code/", {"code": code}).status_code == 302
    page = browser.get(f"/personnes/{new.pk}/acces/").content.decode()
    assert "Code en attente" in page
    assert code not in page
    browser.post(f"/personnes/{new.pk}/acces/retirer/")
    assert Client().post("/code/", {"code": code}).status_code == 410


def test_somebody_without_a_mailbox_gets_no_letter(as_: Callable[[Person], Client], karim: Person) -> None:
    new = actions.add_person(identifier="zoidberg", name="John Zoidberg")
    page = as_(karim).post(f"/personnes/{new.pk}/acces/invitation/", follow=True).content.decode()
    assert "n’a pas d’adresse mail" in page
    assert not EntryPass.objects.exists()


def test_suspending_and_readmitting_say_the_wanted_state(
    as_: Callable[[Person], Client], karim: Person, amina: Person
) -> None:
    browser, hers = as_(karim), as_(amina)
    for _ in range(2):
        browser.post(f"/personnes/{amina.pk}/acces/suspension/", {"on": "1"})
    assert hers.get("/moi/").status_code == 302
    assert Person.objects.get(pk=amina.pk).suspended_at is not None
    for _ in range(2):
        browser.post(f"/personnes/{amina.pk}/acces/suspension/", {"on": "0"})
    assert Person.objects.get(pk=amina.pk).suspended_at is None


def test_nobody_suspends_themselves(as_: Callable[[Person], Client], karim: Person) -> None:
    assert as_(karim).post(f"/personnes/{karim.pk}/acces/suspension/", {"on": "1"}).status_code == 403
    assert "Suspendre l’accès" not in as_(karim).get(f"/personnes/{karim.pk}/acces/").content.decode()


# --- Many at once


@pytest.fixture
def newcomers(db: None) -> list[Person]:
    people = [actions.add_person(identifier=f"n{n:03}", name=f"Élodie Martin {n:03}", site="Lyon") for n in range(60)]
    actions.change_entry(person=people[0], mail="n000@vauban.example")
    return people


def test_administrators_find_anybody_of_the_directory_by_name_or_identifier(
    as_: Callable[[Person], Client], karim: Person, newcomers: list[Person]
) -> None:
    browser = as_(karim)
    first = browser.get("/personnes/acces/?attente=1").content.decode()
    assert first.count('class="btn btn-line btn-sm"') == 50
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert browser.get(f"/personnes/acces/{following}").content.decode().count('class="btn btn-line btn-sm"') == 10
    for words in ("elodie 007", "N007"):
        found = browser.get("/personnes/acces/", {"q": words}).content.decode()
        assert "Élodie Martin 007" in found
        assert found.count('class="btn btn-line btn-sm"') == 1
    assert browser.get("/personnes/acces/?apres=zzz&q=%00").status_code == 200


def test_a_whole_site_is_let_in_by_letters_and_sheets(
    as_: Callable[[Person], Client], amina: Person, bruno: Person, karim: Person, newcomers: list[Person]
) -> None:
    browser = as_(karim)
    actions.suspend(person=newcomers.pop(), by=karim)
    offered = browser.get("/personnes/acces/").content.decode()
    assert "Lyon, 59 personnes" in offered, "neither who is in nor who is suspended"
    assert bruno.site + ", " not in offered
    page = browser.post("/personnes/acces/faire-entrer/", {"site": "Lyon", "way": "mail"}, follow=True)
    assert "1 lettre part." in page.content.decode()
    sheets = browser.post("/personnes/acces/faire-entrer/", {"site": "Lyon", "way": "paper"}).content.decode()
    assert sheets.count("<article>") == 58
    nobody = browser.post("/personnes/acces/faire-entrer/", {"site": "Québec", "way": "paper"}).content.decode()
    assert "Personne n’attend de code." in nobody


def test_only_administrators_read_the_whole_directory(
    as_: Callable[[Person], Client], bruno: Person, driss: Person
) -> None:
    for person in (bruno, driss):
        assert as_(person).get("/personnes/acces/").status_code == 403
        assert as_(person).post("/personnes/acces/faire-entrer/", {"way": "paper"}).status_code == 403


def test_the_directory_costs_the_same_empty_or_full(
    as_: Callable[[Person], Client], karim: Person, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = as_(karim)
    for count in (0, 30):
        for n in range(count):
            actions.add_person(identifier=f"n{n:03}", name=f"Élodie Martin {n:03}")
        with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
            browser.get("/personnes/acces/")
