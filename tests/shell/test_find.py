"""Ctrl+K: people and communities by a few letters, commands, and nothing that its reader may not know."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.people import actions as people
from parvis.people.models import Person
from tests.conftest import make_person

AsPerson = Callable[[Person], Client]


def hits(browser: Client, words: str) -> str:
    """The fragment that the dialog shows."""
    answer = browser.get("/chercher/", {"q": words}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_colleague_is_found_without_the_accents(as_: AsPerson, bruno: Person, chloe: Person) -> None:
    assert "Chloé Marchetti" in hits(as_(bruno), "chloe march")


def test_a_community_is_found_by_any_of_its_words(as_: AsPerson, bruno: Person, lyon: Community) -> None:
    found = hits(as_(bruno), "LYON")
    assert f'href="/communautes/{lyon.slug}/"' in found


def test_a_private_community_leaves_no_trace(as_: AsPerson, bruno: Person, amina: Person, cordon: Community) -> None:
    assert "Cordon bleu" not in hits(as_(bruno), "cordon")
    assert "Cordon bleu" in hits(as_(amina), "cordon")


def test_a_guest_finds_only_those_who_share_a_community(
    as_: AsPerson, driss: Person, amina: Person, bruno: Person, chloe: Person, cordon: Community
) -> None:
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    assert "Amina Benali" in hits(as_(driss), "amina")
    assert "Bruno Le Goff" not in hits(as_(driss), "bruno")


def test_who_is_suspended_or_has_not_come_in_is_not_found(
    as_: AsPerson, amina: Person, bruno: Person, karim: Person
) -> None:
    people.suspend(person=bruno, by=karim)
    people.add_person(identifier="nova", name="Nova Lin")
    found = hits(as_(amina), "n")
    assert "Nova Lin" not in found
    assert "Bruno Le Goff" not in hits(as_(amina), "bruno")


def test_commands_answer_to_their_words_and_to_others(as_: AsPerson, amina: Person) -> None:
    browser = as_(amina)
    assert "/publier/" in hits(browser, "publi")
    assert "/communautes/fonder/" in hits(browser, "creer")
    assert "/publier/" in hits(browser, "")


def test_a_guest_is_not_proposed_to_found(as_: AsPerson, driss: Person) -> None:
    assert "/communautes/fonder/" not in hits(as_(driss), "")


def test_at_most_six_of_each(as_: AsPerson, amina: Person) -> None:
    for number in range(9):
        make_person(f"paul{number}", f"Paul Martin {number}")
    assert hits(as_(amina), "paul").count('href="/personnes/') == 6


def test_what_nobody_is_called_is_said_and_escaped(as_: AsPerson, amina: Person) -> None:
    found = hits(as_(amina), "<script>alert(1)</script>")
    assert "<script>" not in found
    assert "&lt;script&gt;" in found


def test_without_scripts_it_is_a_page_with_the_words_kept(as_: AsPerson, amina: Person, chloe: Person) -> None:
    page = as_(amina).get("/chercher/", {"q": "chloé"}).content.decode()
    assert '<input class="field" type="search" id="q" name="q" value="chloé"' in page
    assert "Chloé Marchetti" in page


def test_the_letters_are_bounded(as_: AsPerson, amina: Person) -> None:
    assert as_(amina).get("/chercher/", {"q": "é" * 20_000}).status_code == 200
    assert as_(amina).get("/chercher/", {"q": "a\x00b"}).status_code == 200


@pytest.mark.parametrize("others", [1, 30])
def test_it_costs_the_same_for_few_and_for_many(
    as_: AsPerson, amina: Person, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(others):
        make_person(f"paul{number}", f"Paul Martin {number}")
    browser = as_(amina)
    hits(browser, "paul")
    # The session with its reader and the scope, people, communities.
    with django_assert_num_queries(3):
        assert "Paul Martin" in hits(browser, "paul")
    # Where nobody is so named: the words of names, once more the people.
    with django_assert_num_queries(5):
        assert "Paul Martin" in hits(browser, "pual martin")


def test_one_signs_in_first(client: Client, db: None) -> None:
    assert client.get("/chercher/").status_code == 302
