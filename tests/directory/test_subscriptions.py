"""« Mes abonnements »: all that one follows and belongs to, and whom one does not read; each ended by one gesture."""

import pytest

from parvis.communities import actions as communities
from parvis.contributions import actions as contributions
from parvis.people import actions as people
from parvis.people.models import Person, PersonFollow
from parvis.wall import actions as wall
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def mine(browser, query=""):
    answer = browser.get(f"/moi/abonnements/{query}")
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def test_everything_one_chose_is_on_one_page(as_, amina, bruno, chloe, karim, lyon, essais):
    people.follow_person(person=bruno, followed=amina)
    people.mute(person=bruno, muted=chloe)
    people.block(person=bruno, blocked=karim)
    communities.follow(person=bruno, community=lyon)
    contributions.follow_topic(person=bruno, key="cuve")
    page = mine(as_(bruno))
    for said in ("Amina Benali", "Qualité Lyon", "cuve", "Chloé Marchetti", "Karim Haddad"):
        assert said in page
    assert "essais" not in page
    assert "Qualité Lyon" in mine(as_(amina))


def test_with_nothing_it_proposes_one_small_act(as_, driss):
    assert "Rien encore" in mine(as_(driss))


def test_each_is_ended_by_one_gesture_and_undone(as_, amina, bruno):
    people.follow_person(person=bruno, followed=amina)
    browser = as_(bruno)
    for _twice in range(2):
        back = {"on": "0", "next": "/moi/abonnements/"}
        assert browser.post(f"/personnes/{amina.pk}/suivre/", back).url == "/moi/abonnements/"
    page = browser.get("/moi/abonnements/").content.decode()
    assert f"/personnes/{amina.pk}/suivre/?on=1" in page  # « Annuler »
    browser.post(f"/personnes/{amina.pk}/suivre/?on=1")
    assert "Amina Benali" in mine(browser)


def test_nobody_is_sent_elsewhere_by_a_form(as_, amina, bruno):
    answer = as_(bruno).post(f"/personnes/{amina.pk}/suivre/", {"on": "1", "next": "https://ailleurs.example/"})
    assert answer.url == f"/personnes/{amina.pk}/"


def test_a_place_that_closed_to_one_is_not_named(as_, bruno, chloe, lyon):
    communities.follow(person=bruno, community=lyon)
    from parvis.kernel.audiences.actions import open_or_close

    open_or_close(audience_id=lyon.audience_id, is_open=False)
    assert "Qualité Lyon" not in mine(as_(bruno))


def test_a_topic_is_spelled_as_one_may_read_it(as_, amina, bruno, cordon):
    """Else following a word would say how it is written in a private community."""
    wall.publish(author=amina, audience_id=cordon.audience_id, text="Le #ProjetSecretDuroc avance")
    contributions.follow_topic(person=bruno, key="projetsecretduroc")
    contributions.follow_topic(person=amina, key="projetsecretduroc")
    assert "ProjetSecretDuroc" not in mine(as_(bruno))
    assert "ProjetSecretDuroc" in mine(as_(amina))


@pytest.mark.parametrize("word", ["deux mots", "", "#", "12", "<b>", "a" * 200, "%00"])
def test_only_a_word_that_a_text_could_say_is_followed(as_, bruno, word):
    answer = as_(bruno).post(f"/sujets/{word}/suivre/", {"on": "1"})
    assert answer.status_code in (302, 404, 400)
    assert "<b>" not in mine(as_(bruno))


def test_many_people_are_read_a_page_at_a_time(as_, bruno):
    for n in range(120):
        PersonFollow.objects.create(person=bruno, followed=make_person(f"f{n}", f"Suivi {n:03d}", has_agreed=False))
    first = mine(as_(bruno))
    assert first.count("Suivi 0") == 50
    last = Person.objects.get(identifier="f49")
    assert f"?apres={last.pk}" in first
    assert "Suivi 050" in mine(as_(bruno), f"?apres={last.pk}")
