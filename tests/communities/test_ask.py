"""Asking to come in, and the answer."""

from datetime import timedelta

from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import Community, EntryRequest
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.scene import As, is_member, reads


def test_one_asks_with_a_word_and_the_animator_lets_one_in(
    as_: As, bruno: Person, chloe: Person, essais: Community
) -> None:
    assert as_(bruno).post(f"/communautes/{essais.slug}/demander/", {"word": "Je soude de nuit."}).status_code == 302
    asked = EntryRequest.objects.get()
    queue = as_(chloe).get(f"/communautes/{essais.slug}/membres/").content.decode()
    assert "À vous" in queue
    assert "Je soude de nuit." in queue

    answer = as_(chloe).post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 1, "word": "Bienvenue"})
    assert answer.status_code == 302
    assert reads(bruno, essais)


def test_asking_twice_is_asking_once(as_: As, bruno: Person, essais: Community) -> None:
    browser = as_(bruno)
    for _click in range(2):
        assert browser.post(f"/communautes/{essais.slug}/demander/", {"word": "Bonjour"}).status_code == 302
    assert EntryRequest.objects.count() == 1


def test_a_word_too_long_is_kept_in_the_form(as_: As, bruno: Person, essais: Community) -> None:
    answer = as_(bruno).post(f"/communautes/{essais.slug}/demander/", {"word": "z" * 281})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "z" * 281 in page
    assert 'id="id_word-error"' in page


def test_asking_asks_for_the_charter_first(as_: As, ines: Person, essais: Community) -> None:
    as_(ines).post(f"/communautes/{essais.slug}/demander/", {"word": "Bonjour"})
    assert not EntryRequest.objects.exists()


def test_a_request_is_withdrawn(as_: As, bruno: Person, chloe: Person, essais: Community) -> None:
    actions.ask_to_enter(person=bruno, community=essais, word="Bonjour")
    asked = EntryRequest.objects.get()
    as_(bruno).post(f"/communautes/{essais.slug}/demander/retirer/")
    assert not EntryRequest.objects.exists()

    late = as_(chloe).post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 1})
    assert late.status_code == 422
    assert "a été retirée" in late.content.decode()
    assert not is_member(bruno, essais)


def test_a_declined_request_says_why_and_waits_a_month(
    as_: As, bruno: Person, chloe: Person, essais: Community
) -> None:
    asked = actions.ask_to_enter(person=bruno, community=essais, word="Bonjour")
    as_(chloe).post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 0, "word": "C’est complet."})
    assert not is_member(bruno, essais)
    assert "C’est complet." in as_(bruno).get("/communautes/").content.decode()
    assert "C’est complet." in as_(bruno).get(f"/communautes/{essais.slug}/demander/").content.decode()
    assert as_(bruno).post(f"/communautes/{essais.slug}/demander/", {"word": "Encore"}).status_code == 422

    EntryRequest.objects.update(decided_at=timezone.now() - timedelta(days=31))
    assert as_(bruno).post(f"/communautes/{essais.slug}/demander/", {"word": "Encore"}).status_code == 302


def test_the_first_of_two_answers_stands(as_: As, bruno: Person, chloe: Person, essais: Community) -> None:
    asked = actions.ask_to_enter(person=bruno, community=essais)
    browser = as_(chloe)
    browser.post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 1})
    browser.post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 0})
    assert is_member(bruno, essais)


def test_only_animators_answer(as_: As, amina: Person, bruno: Person, chloe: Person, essais: Community) -> None:
    asked = actions.ask_to_enter(person=bruno, community=essais)
    for person in (bruno, amina):
        answer = as_(person).post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 1})
        assert answer.status_code == 403
    assert not is_member(bruno, essais)


def test_a_request_is_answered_in_its_own_community(
    as_: As, bruno: Person, chloe: Person, amina: Person, essais: Community
) -> None:
    asked = actions.ask_to_enter(person=bruno, community=essais)
    other = actions.found_open(person=amina, name="Ailleurs", purpose="Autre chose.", kind="site", access="on_request")
    as_(amina).post(f"/communautes/{other.slug}/demandes/{asked.pk}/", {"accept": 1})
    assert not is_member(bruno, essais)
    assert not is_member(bruno, other)


def test_somebody_suspended_meanwhile_does_not_come_in(
    as_: As, bruno: Person, chloe: Person, karim: Person, essais: Community
) -> None:
    asked = actions.ask_to_enter(person=bruno, community=essais)
    people.suspend(person=bruno, by=karim)
    assert "Bruno" not in as_(chloe).get(f"/communautes/{essais.slug}/membres/").content.decode()
    assert as_(chloe).post(f"/communautes/{essais.slug}/demandes/{asked.pk}/", {"accept": 1}).status_code == 422
    assert not is_member(bruno, essais)


def test_one_does_not_ask_where_one_may_simply_join(as_: As, bruno: Person, lyon: Community) -> None:
    assert as_(bruno).post(f"/communautes/{lyon.slug}/demander/", {"word": "Bonjour"}).status_code == 403


def test_the_landing_tells_outsiders_what_it_is_for(as_: As, bruno: Person, essais: Community) -> None:
    page = as_(bruno).get(f"/communautes/{essais.slug}/demander/").content.decode()
    assert "On casse et on regarde." in page
    assert "Seuls ses membres la lisent" in page
    assert as_(bruno).get(f"/communautes/{essais.slug}/membres/").status_code == 403
