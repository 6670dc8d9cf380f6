"""All communities, and the members of one: what is shown to whom, in which order, at what cost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.communities import actions, queries
from parvis.communities.cursors import NameCursor
from parvis.communities.models import Community, EntryRequest, Membership
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.scene import As
from tests.conftest import forget_scopes, make_person


def many_communities(founder: Person, number: int, *, of: str = "Club") -> list[Community]:
    made = [
        actions.found_open(person=founder, name=f"{of} {n:02}", purpose="Se voir.", kind="interest", access="open")
        for n in range(number)
    ]
    forget_scopes(founder)
    return made


def many_people(number: int) -> list[Person]:
    return [make_person(f"someone{n}", f"Quelqu’un {n:02}") for n in range(number)]


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    with CaptureQueriesContext(connection) as captured:
        yield lambda: len(captured)


def cost(browser: Client, url: str) -> int:
    browser.get(url)
    with counted() as count:
        assert browser.get(url).status_code == 200
        return count()


# --- All communities ------------------------------------------------------------------------------------------------


def test_one_finds_what_one_may_find(
    as_: As, bruno: Person, lyon: Community, essais: Community, cordon: Community
) -> None:
    page = as_(bruno).get("/communautes/").content.decode()
    assert "Qualité Lyon" in page
    assert "Atelier d’essais" in page
    assert "Cordon" not in page


@pytest.mark.parametrize("words", ["qualite", "QUALITÉ", "lyon", "qual lyo"])
def test_a_community_is_found_by_its_folded_name(as_: As, bruno: Person, lyon: Community, words: str) -> None:
    assert "Qualité Lyon" in as_(bruno).get("/communautes/", {"nom": words}).content.decode()


def test_a_word_after_an_elision_is_found(as_: As, bruno: Person, lyon: Community, essais: Community) -> None:
    page = as_(bruno).get("/communautes/", {"nom": "essai"}).content.decode()
    assert "Atelier d’essais" in page
    assert "Qualité Lyon" not in page


def test_communities_of_one_kind(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    many_communities(amina, 1)
    page = as_(bruno).get("/communautes/", {"genre": "interest"}).content.decode()
    assert "Club 00" in page
    assert "Qualité Lyon" not in page


def test_the_liveliest_comes_first_never_the_biggest(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    quiet, lively = many_communities(amina, 2)
    for person in (*many_people(4), bruno):
        actions.join(person=person, community=quiet)
    Membership.objects.filter(person=bruno).delete()
    actions.note_exchange(audience_id=lively.audience_id, at=timezone.now() + timedelta(seconds=5))
    page = as_(bruno).get("/communautes/").content.decode()
    assert page.index(lively.name) < page.index(quiet.name)


def test_the_list_goes_on_without_gap_or_repetition(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    many_communities(amina, 30)
    reader = Person.objects.get(pk=bruno.pk)
    seen: list[int] = []
    after = None
    while True:
        page = queries.to_discover(reader=reader, sought=queries.Sought(), after=after)
        seen += [card.community.pk for card in page.rows]
        after = page.next_cursor
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 31


def test_the_next_page_has_its_own_list(as_: As, amina: Person, bruno: Person) -> None:
    many_communities(amina, 13)
    browser = as_(bruno)
    page = browser.get("/communautes/").content.decode()
    start = page.index('rel="next" href="') + len('rel="next" href="')
    onward = page[start : page.index('"', start)].replace("&amp;", "&")
    following = browser.get(onward).content.decode()
    assert "Club 00" in following
    assert "Club 12" not in following


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%00", "a" * 5000, "eyJhIjoxfQ"])
def test_a_made_up_cursor_is_no_cursor(as_: As, chloe: Person, lyon: Community, cursor: str) -> None:
    assert as_(chloe).get("/communautes/", {"apres": cursor, "liste": "miennes"}).status_code == 200
    assert as_(chloe).get(f"/communautes/{lyon.slug}/membres/", {"apres": cursor}).status_code == 200


def test_an_empty_company_proposes_to_found(as_: As, bruno: Person) -> None:
    assert "Fonder la première" in as_(bruno).get("/communautes/").content.decode()


def test_one_made_private_leaves_ones_requests(as_: As, bruno: Person, chloe: Person, essais: Community) -> None:
    actions.ask_to_enter(person=bruno, community=essais)
    Community.objects.filter(pk=essais.pk).update(access="private")
    assert "Atelier" not in as_(bruno).get("/communautes/").content.decode()


def test_a_page_of_communities_costs_the_same_at_0_and_30(
    as_: As, amina: Person, bruno: Person, chloe: Person
) -> None:
    browser = as_(bruno)
    before = cost(browser, "/communautes/")
    for community in many_communities(amina, 30):
        actions.join(person=bruno, community=community)
    for community in many_communities(chloe, 30, of="Atelier"):
        actions.join(person=amina, community=community)
        actions.make_animator(by=chloe, person=amina, community=community)
    for community in many_communities(amina, 5, of="Bureau"):
        actions.invite(by=amina, person=bruno, community=community)
    assert cost(browser, "/communautes/") <= before + 2  # the animators of either list: nobody to look for before


# --- Members --------------------------------------------------------------------------------------------------------


def test_animators_come_first_then_folded_names(as_: As, chloe: Person, lyon: Community) -> None:
    for name in ("Zoé Abel", "Émile Zola", "Eva Brun"):
        actions.join(person=make_person(name.split()[0].lower().replace("é", "e"), name), community=lyon)
    page = as_(chloe).get(f"/communautes/{lyon.slug}/membres/").content.decode()
    names = ["Chloé Marchetti", "Amina Benali", "Émile Zola", "Eva Brun", "Zoé Abel"]
    places = [page.rindex(name) for name in names]
    assert places == sorted(places)


def test_members_go_on_without_gap_or_repetition(chloe: Person, lyon: Community) -> None:
    for person in many_people(70):
        actions.join(person=person, community=lyon)
    seen: list[int] = []
    after = None
    while True:
        page = queries.members_page(lyon, after=after)
        seen += [member.person_id for member in page.rows]
        if page.next_cursor is None:
            break
        after = NameCursor.read(str(page.next_cursor))
    assert len(seen) == len(set(seen)) == 72


def test_members_are_found_by_name(as_: As, chloe: Person, lyon: Community) -> None:
    page = as_(chloe).get(f"/communautes/{lyon.slug}/membres/", {"nom": "AMI ben"}).content.decode()
    assert "Amina Benali" in page
    page = as_(chloe).get(f"/communautes/{lyon.slug}/membres/", {"nom": "personne de ce nom"}).content.decode()
    assert "Personne ici ne porte ce nom." in page


def test_who_left_the_company_is_not_listed(
    as_: As, amina: Person, chloe: Person, karim: Person, lyon: Community
) -> None:
    people.suspend(person=amina, by=karim)
    assert "Amina" not in as_(chloe).get(f"/communautes/{lyon.slug}/membres/").content.decode()


def test_how_many_is_said_on_one_page_only(as_: As, bruno: Person, lyon: Community) -> None:
    assert "2 personnes" in as_(bruno).get(f"/communautes/{lyon.slug}/a-propos/").content.decode()
    assert "2 personnes" not in as_(bruno).get("/communautes/").content.decode()


def test_outsiders_are_not_told_how_many(as_: As, bruno: Person, essais: Community) -> None:
    page = as_(bruno).get(f"/communautes/{essais.slug}/a-propos/").content.decode()
    assert "1 personne" not in page
    assert "Chloé Marchetti" in page


def test_members_and_requests_cost_the_same_at_0_and_30(as_: As, chloe: Person, essais: Community) -> None:
    browser = as_(chloe)
    url = f"/communautes/{essais.slug}/membres/"
    before = cost(browser, url)
    persons = many_people(60)
    for person in persons[:30]:
        actions.ask_to_enter(person=person, community=essais, word="Bonjour")
    for person in persons[30:]:
        asked = actions.ask_to_enter(person=person, community=essais)
        actions.decide_entry(by=chloe, request=asked, is_accepted=True)
    assert EntryRequest.objects.filter(decided_at__isnull=True).count() == 30
    assert cost(browser, url) == before


@pytest.mark.parametrize("page", ["a-propos/", "inviter/?nom=quelqu", "reglages/"])
def test_other_pages_cost_the_same_at_0_and_30(as_: As, chloe: Person, lyon: Community, page: str) -> None:
    browser = as_(chloe)
    before = cost(browser, f"/communautes/{lyon.slug}/{page}")
    for number, person in enumerate(many_people(30)):
        actions.grant_group(community=lyon, person_ids=[person.pk], group_name=f"Groupe {number}")
        actions.join(person=person, community=lyon)
        actions.make_animator(by=chloe, person=person, community=lyon)
    assert cost(browser, f"/communautes/{lyon.slug}/{page}") == before


def test_a_header_costs_few_queries(chloe: Person, bruno: Person, lyon: Community) -> None:
    for person, most in ((bruno, 3), (chloe, 8)):
        reader = Person.objects.get(pk=person.pk)
        reader.scope()
        with counted() as count:
            queries.header(lyon, reader)
        assert count() <= most


def test_a_long_name_is_shown_whole(as_: As, chloe: Person) -> None:
    name = "Qualité, sécurité et environnement des ateliers de Saint-Nazaire, trois équipes réunies ici"[:90]
    made = actions.found_open(person=chloe, name=name, purpose="Tenir.", kind="site", access="open")
    assert name in as_(chloe).get(f"/communautes/{made.slug}/a-propos/").content.decode()
