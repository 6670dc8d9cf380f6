"""The frame of every page: where one is, one's communities, the language, the theme, what was just told."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.communities import actions as communities
from parvis.communities.models import Community, Membership
from parvis.people import actions as people
from parvis.people.models import Person

AsPerson = Callable[[Person], Client]


def page_of(browser: Client, path: str = "/aide/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def rail(page: str) -> str:
    found = re.search(r'<nav aria-label="Le réseau">.*?</nav>', page, re.S)
    assert found
    return found[0]


def test_the_rail_says_where_one_is(as_: AsPerson, amina: Person, lyon: Community) -> None:
    page = rail(page_of(as_(amina), "/communautes/"))
    assert re.search(r'href="/communautes/" aria-current="page"', page)
    assert page.index("Accueil") < page.index("Communautés")


def test_the_rail_has_no_entry_for_what_does_not_exist_yet(as_: AsPerson, amina: Person) -> None:
    page = rail(page_of(as_(amina)))
    assert not [word for word in ("Messages", "Bibliothèque", "Agenda") if word in page]


def test_the_rail_lists_pinned_communities_by_name(
    as_: AsPerson, amina: Person, lyon: Community, chloe: Person
) -> None:
    page = rail(page_of(as_(amina)))
    assert lyon.name in page
    Membership.objects.filter(person=amina).update(is_pinned=False)
    assert lyon.name not in rail(page_of(as_(amina)))


def test_the_rail_stops_at_seven(as_: AsPerson, chloe: Person) -> None:
    for number in range(9):
        communities.found_open(person=chloe, name=f"Lieu {number}", purpose="Un lieu.", kind="trade", access="open")
        chloe.forget_scope()
    Membership.objects.filter(person=chloe).update(is_pinned=True)
    assert rail(page_of(as_(chloe))).count("/communautes/lieu-") == 7


@pytest.mark.parametrize("pinned", [0, 7])
def test_the_frame_costs_one_query(
    as_: AsPerson, chloe: Person, pinned: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(pinned):
        communities.found_open(person=chloe, name=f"Lieu {number}", purpose="Un lieu.", kind="trade", access="open")
        chloe.forget_scope()
    browser = as_(chloe)
    # The session, its reader, and the pinned communities.
    with django_assert_num_queries(3):
        page_of(browser)


def test_the_frame_costs_nothing_to_nobody(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page_of(client, "/accessibilite/")


@pytest.mark.parametrize(("theme", "said"), [("", '<html lang="fr">'), ("dark", 'data-theme="parvis-nuit"')])
def test_the_theme_is_the_devices_or_the_readers(as_: AsPerson, amina: Person, theme: str, said: str) -> None:
    people.change_own_settings(person=amina, theme=theme)
    assert said in page_of(as_(amina))


@pytest.mark.parametrize(
    "path", ["/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/ce-que-l-entreprise-voit/"]
)
def test_every_page_leads_to_what_must_be_said(as_: AsPerson, client: Client, amina: Person, path: str) -> None:
    assert f'href="{path}"' in page_of(as_(amina))
    assert f'href="{path}"' in page_of(client, path)


def test_one_can_jump_to_the_text(as_: AsPerson, amina: Person) -> None:
    page = page_of(as_(amina))
    assert page.index('href="#main"') < page.index("<header")
    assert '<main id="main"' in page


def test_each_page_has_one_h1_and_names_its_landmarks(as_: AsPerson, amina: Person) -> None:
    page = page_of(as_(amina))
    assert page.count("<h1") == 1
    assert all("aria-label" in nav for nav in re.findall(r"<nav[^>]*>", page))


def test_the_language_is_changed_by_whoever_reads(client: Client, db: None) -> None:
    answer = client.post("/langue/", {"language": "en", "next": "/accessibilite/"})
    assert answer.headers["Location"] == "/accessibilite/"
    assert '<html lang="en"' in page_of(client, "/accessibilite/")


def test_the_language_of_somebody_signed_in_is_kept_with_them(as_: AsPerson, amina: Person) -> None:
    as_(amina).post("/langue/", {"language": "en"})
    amina.refresh_from_db()
    assert amina.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_changing_language_leads_nowhere_else(client: Client, db: None, elsewhere: str) -> None:
    assert client.post("/langue/", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


def test_a_language_that_we_do_not_speak_changes_nothing(client: Client, db: None) -> None:
    assert settings.LANGUAGE_COOKIE_NAME not in client.post("/langue/", {"language": "tlh"}).cookies


def test_what_was_told_is_shown_once_with_its_way_back(as_: AsPerson, amina: Person) -> None:
    browser = as_(amina)
    told = CookieStorage(HttpRequest())._encode([Message(25, "Rangé ici.", extra_tags="/c/1/retablir/")])
    browser.cookies["messages"] = told
    page = page_of(browser)
    assert "Rangé ici." in page
    assert 'action="/c/1/retablir/"' in page
    assert "Rangé ici." not in page_of(browser)


def test_the_scripts_find_their_words_and_their_token(as_: AsPerson, amina: Person) -> None:
    page = page_of(as_(amina))
    assert '<script type="application/json" id="words">' in page
    assert re.search(r'<meta name="csrf" content="\w{20,}">', page)
    assert f'<body data-reader="{amina.pk}"' in page
