"""When nobody is left to animate: the last one is told; a place is handed over or closed, and may be taken up."""

import pytest

from parvis.communities import actions
from parvis.communities.models import Community, EntryRequest, Invitation
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.scene import As, is_member, reads
from tests.conftest import make_person

FORM = {"key": "quitter-00001"}


def leave_url(community: Community) -> str:
    return f"/communautes/{community.slug}/quitter/"


def offer_url(community: Community) -> str:
    return f"/administration/communautes/{community.slug}/proposer/"


@pytest.fixture
def empty(chloe: Person, essais: Community) -> Community:
    """On request, and its last person has left."""
    actions.leave(person=chloe, community=essais, closes=True)
    return essais


@pytest.mark.parametrize("name", ["essais", "seule"])
def test_the_last_person_leaves_only_by_closing(as_: As, chloe: Person, essais: Community, name: str) -> None:
    seule = actions.found_open(person=chloe, name="À moi seule", purpose="Un essai.", kind="pilot", access="private")
    community = {"essais": essais, "seule": seule}[name]
    browser = as_(chloe)
    assert "partir ferme la communauté" in browser.get(leave_url(community)).content.decode()

    refused = browser.post(leave_url(community), FORM)
    assert refused.status_code == 422
    assert "Dites-le ci-dessous" in refused.content.decode()
    assert is_member(chloe, community)

    for _click in range(2):
        assert browser.post(leave_url(community), {**FORM, "closes": "1"}).status_code == 302
    assert not is_member(chloe, community)


def test_an_open_community_closes_for_nobody(as_: As, bruno: Person, chloe: Person) -> None:
    made = actions.found_open(person=chloe, name="Vélo", purpose="Rouler.", kind="interest", access="open")
    assert "pourra la reprendre" in as_(chloe).get(leave_url(made)).content.decode()
    assert as_(chloe).post(leave_url(made), FORM).status_code == 302

    as_(bruno).post(f"/communautes/{made.slug}/rejoindre/")
    assert "J’anime" in as_(bruno).get(f"/communautes/{made.slug}/").content.decode()
    as_(bruno).post(f"/communautes/{made.slug}/reprendre/")
    assert as_(bruno).get(f"/communautes/{made.slug}/reglages/").status_code == 200


def test_guests_are_not_left_alone_and_nothing_waits(as_: As, bruno: Person, chloe: Person, driss: Person) -> None:
    made = actions.found_open(person=chloe, name="Avec eux", purpose="Un but.", kind="project", access="on_request")
    actions.invite(by=chloe, person=driss, community=made)
    actions.join(person=driss, community=made)
    actions.ask_to_enter(person=bruno, community=made, word="Moi aussi")
    late = make_person("late", "Lise Tard")
    actions.invite(by=chloe, person=late, community=made)

    as_(chloe).post(leave_url(made), {**FORM, "closes": "1"})

    assert not reads(driss, made)
    assert EntryRequest.objects.get().is_accepted is False
    assert not Invitation.objects.pending().exists()


def test_a_group_of_the_directory_keeps_the_door_open(as_: As, bruno: Person, chloe: Person) -> None:
    made = actions.found_open(person=chloe, name="Garde", purpose="Un but.", kind="trade", access="private")
    actions.grant_group(community=made, person_ids=[bruno.pk, chloe.pk], group_name="Garde")

    assert as_(chloe).post(leave_url(made), FORM).status_code == 302
    as_(bruno).post(f"/communautes/{made.slug}/rejoindre/")
    assert as_(bruno).post(f"/communautes/{made.slug}/reprendre/").status_code == 302


def test_a_place_without_anybody_is_not_asked_but_says_so(as_: As, bruno: Person, empty: Community) -> None:
    page = as_(bruno).get(f"/communautes/{empty.slug}/").content.decode()
    assert "Plus personne n’est dans cette communauté" in page
    assert "Demander à entrer" not in page
    assert as_(bruno).post(f"/communautes/{empty.slug}/demander/", {"word": "Moi"}).status_code == 403


def test_an_administrator_offers_it_and_who_accepts_animates(
    as_: As, bruno: Person, karim: Person, empty: Community
) -> None:
    browser = as_(karim)
    assert "1 communauté n’est plus animée" in browser.get("/?vue=fil").content.decode()
    page = browser.get("/administration/communautes/").content.decode()
    assert empty.name in page
    assert "Plus personne de l’entreprise n’y est." in page

    assert "Bruno Le Goff" in browser.get(offer_url(empty), {"nom": "bru"}).content.decode()
    for _click in range(2):
        browser.post(offer_url(empty), {"person": bruno.pk, "nom": "bru"})
    assert "Invitation envoyée" in browser.get("/administration/communautes/").content.decode()
    assert not is_member(bruno, empty)
    assert not reads(karim, empty)

    landing = as_(bruno).get(f"/communautes/{empty.slug}/").content.decode()
    assert "Karim Haddad vous invite à l’animer" in landing
    as_(bruno).post(f"/communautes/{empty.slug}/rejoindre/")
    assert as_(bruno).get(f"/communautes/{empty.slug}/reglages/").status_code == 200
    assert empty.name not in browser.get("/administration/communautes/").content.decode()
    # Not twice, and not to one who came in the meantime.
    assert browser.post(offer_url(empty), {"person": bruno.pk}).status_code == 404


def test_administering_opens_nothing(as_: As, amina: Person, chloe: Person, karim: Person, cordon: Community) -> None:
    people.suspend(person=chloe, by=karim)
    browser = as_(karim)
    assert cordon.name not in browser.get("/administration/communautes/").content.decode()
    assert browser.get(offer_url(cordon)).status_code == 404
    # Its members take it up by themselves.
    assert as_(amina).post(f"/communautes/{cordon.slug}/reprendre/").status_code == 302


def test_administrators_do_not_offer_to_themselves_nor_to_guests(
    as_: As, driss: Person, karim: Person, empty: Community
) -> None:
    for person in (karim, driss):
        assert as_(karim).post(offer_url(empty), {"person": person.pk}).status_code == 422
    assert not Invitation.objects.exists()


def test_who_was_taken_out_is_not_brought_back_by_an_administrator(
    as_: As, bruno: Person, chloe: Person, karim: Person, lyon: Community, amina: Person
) -> None:
    actions.let_go(by=chloe, person=amina, community=lyon, reason="Des mots")
    people.suspend(person=chloe, by=karim)

    assert as_(karim).post(offer_url(lyon), {"person": amina.pk}).status_code == 422


def test_an_administrator_learns_neither_who_was_taken_out_nor_who_keeps_away(
    as_: As, amina: Person, bruno: Person, chloe: Person, karim: Person, driss: Person, essais: Community
) -> None:
    actions.invite(by=chloe, person=amina, community=essais)
    actions.join(person=amina, community=essais)
    actions.let_go(by=chloe, person=amina, community=essais, reason="Non.")
    people.block(person=bruno, blocked=karim)
    actions.leave(person=chloe, community=essais, closes=True)
    browser = as_(karim)
    for person in (amina, bruno, driss):
        answer = browser.post(offer_url(essais), {"person": person.pk})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Cette personne ne peut pas être jointe." in page
    assert not Invitation.objects.filter(community=essais, person__in=[bruno, driss]).exists()
