"""« Qui sait… ? »: people by what they say, their function, their communities; in turn, with the reasons, and only
what the reader may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.directory import actions as directory
from parvis.directory.queries import knowers
from parvis.directory.queries.knowers import asked_of_people, who_knows
from parvis.people import actions as people
from parvis.people.models import HasSkill, Person
from parvis.people.skill_list import the_skills
from parvis.wall import actions as wall
from tests.conftest import make_person


def say(person: Person, name: str, word: str = "") -> HasSkill:
    listed = the_skills().named(name)
    assert listed is not None, name
    return people.state_skill(person=person, skill_id=listed.id, word=word)


def named(reader: Person, words: str, *, exact: bool | None = None, community: Community | None = None) -> list[str]:
    reader.forget_scope()
    found = who_knows(words=words, reader=reader, community=community)
    return [one.person.name for one in found if exact is None or one.is_exact is exact]


def answer(as_, reader: Person, words: str) -> str:
    return as_(reader).get("/qui-sait/", {"q": words}).content.decode().replace("\xa0", " ")


ASKED = (
    "souder l’inox",
    "Qui sait souder l'inox ?",
    "SOUDAGE INOX",
    "soudeuse inox",
    "weld stainless",
    "soudr l’inox",
)
SAID = (("Soudage de l’inox", ""), ("Soudage TIG", "inox 316L"), ("Soudage TIG", "orbital, INOX"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "skill", "word"),
    # A word of one's own is in one's own language: English finds the names of the list.
    [(asked, *said) for asked in ASKED for said in SAID if not (said[1] and "stainless" in asked)],
)
def test_whatever_the_ending_the_language_or_the_letters_it_is_found(asked, skill, word, amina, bruno) -> None:
    say(amina, skill, word)

    assert named(bruno, asked, exact=True) == ["Amina Benali"]


@pytest.mark.django_db
def test_the_page_says_why(amina, bruno, karim, publication, as_) -> None:
    held = say(amina, "Soudage TIG", "inertage")
    people.confirm_skill(by=karim, held=held)
    directory.show_with(person=amina, held=held, contribution=publication)
    page = answer(as_, bruno, "souder au TIG")

    assert "dit savoir : <b>Soudage TIG</b>" in page.replace("</span> ", " ")
    assert "inertage" in page
    assert "Confirmé par Karim Haddad" in page
    assert f'href="/c/{publication.pk}/" dir="auto">Argon</a>' in page


@pytest.mark.django_db
def test_some_of_the_words_are_nearly_an_answer(amina, bruno, karim) -> None:
    say(amina, "Soudage TIG")
    say(karim, "Soudage de l’inox")

    assert named(bruno, "souder l’inox", exact=True) == ["Karim Haddad"]
    assert named(bruno, "souder l’inox", exact=False) == ["Amina Benali"]


@pytest.mark.django_db
def test_a_function_answers_too(bruno, as_) -> None:
    make_person("fatou", "Fatou Diop", title="Soudeuse")
    make_person("drh", "Rose Hu", title="DRH")

    assert "est soudeuse" in answer(as_, bruno, "souder")
    assert "est DRH" in answer(as_, bruno, "drh")


@pytest.mark.django_db
def test_who_animates_a_metier_answers_and_members_are_nearly_an_answer(amina, bruno, chloe, lyon, as_) -> None:
    assert named(bruno, "qualité", exact=True) == ["Chloé Marchetti"]
    assert named(bruno, "qualité à Lyon") == ["Chloé Marchetti", "Amina Benali"]
    page = answer(as_, bruno, "qualité")
    assert f'anime <a class="link" href="/communautes/{lyon.slug}/">Qualité Lyon</a>' in page


@pytest.mark.django_db
def test_a_hidden_community_is_no_reason_for_those_who_are_not_in_it(amina, bruno, chloe, as_) -> None:
    hidden = communities.found_open(
        person=chloe, name="Marteau-pilon", purpose="Entre nous.", kind="trade", access="private"
    )
    assert named(bruno, "marteau") == []
    assert "Marteau" not in answer(as_, bruno, "pilon").replace('value="pilon"', "")

    communities.invite(by=chloe, person=amina, community=hidden)
    communities.join(person=amina, community=hidden)
    assert named(amina, "marteau") == ["Chloé Marchetti"]


@pytest.mark.django_db
def test_those_of_a_community_that_one_does_not_read_stay_unnamed(amina, bruno, chloe) -> None:
    place = communities.found_open(person=chloe, name="Marteau", purpose="Forger.", kind="trade", access="on_request")
    communities.invite(by=chloe, person=amina, community=place)
    communities.join(person=amina, community=place)

    assert named(bruno, "marteau") == ["Chloé Marchetti"]


@pytest.mark.django_db
def test_who_is_declared_available_comes_first_and_the_end_of_it_counts(bruno, amina, chloe, karim) -> None:
    others = [make_person(f"o{n}", f"Autre {n}") for n in range(2)]
    for person in (amina, chloe, karim, *others):
        say(person, "Anglais")
    people.declare_presence(person=chloe, state="busy", until=None, word="")
    people.declare_presence(person=karim, state="available", until=timezone.now() + timedelta(hours=1), word="")
    people.declare_presence(person=amina, state="away", until=timezone.now() + timedelta(days=2), word="")
    order = named(bruno, "anglais")

    assert order[0] == "Karim Haddad"
    assert set(order[1:3]) == {"Autre 0", "Autre 1"}
    assert order[3:] == ["Chloé Marchetti", "Amina Benali"]
    Person.objects.get(pk=karim.pk).presence.__class__.objects.filter(person=karim).update(
        until=timezone.now() - timedelta(minutes=1), state="away"
    )
    assert named(bruno, "anglais").index("Karim Haddad") < 3


@pytest.mark.django_db
def test_everybody_has_their_turn_and_confirmations_change_nothing(bruno, monkeypatch) -> None:
    sayers = [make_person(f"s{n}", f"Sait {n}") for n in range(6)]
    lines = [say(person, "Anglais") for person in sayers]
    today = named(bruno, "anglais")
    assert named(bruno, "anglais") == today
    for person in sayers[1:]:
        people.confirm_skill(by=person, held=lines[0])
    assert named(bruno, "anglais") == today

    first = set()
    for day in range(40):
        monkeypatch.setattr(knowers.timezone, "localdate", lambda day=day: timezone.now().date() + timedelta(days=day))
        first.add(named(bruno, "anglais")[0])
    assert len(first) >= 5


@pytest.mark.django_db
def test_one_may_hide_from_it_and_the_skills_stay_on_the_page(amina, bruno, as_) -> None:
    say(amina, "Soudage TIG")
    browser = as_(amina)
    page = browser.post("/moi/savoir-faire/etre-propose/", {"on": 0}, follow=True).content.decode()

    assert "On ne vous y propose plus" in page
    assert named(bruno, "souder") == []
    assert "Soudage TIG" in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    browser.post("/moi/savoir-faire/etre-propose/?on=1")
    assert named(bruno, "souder") == ["Amina Benali"]


@pytest.mark.django_db
def test_who_is_not_here_is_not_proposed(amina, bruno, chloe, karim) -> None:
    waiting = people.add_person(identifier="attend", name="Qui Attend", title="Soudeur")
    say(amina, "Soudage TIG")
    say(chloe, "Soudage TIG")
    people.suspend(person=amina, by=karim)
    people.block(person=chloe, blocked=bruno)

    assert waiting.activated_at is None
    assert named(bruno, "souder") == []
    assert named(chloe, "souder") == []


@pytest.mark.django_db
def test_a_guest_only_meets_those_of_shared_places(amina, bruno, chloe, driss, cordon, publication) -> None:
    for person in (amina, bruno, chloe):
        say(person, "Soudage TIG")
    assert named(driss, "souder") == []
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)

    assert sorted(named(driss, "souder")) == ["Amina Benali", "Chloé Marchetti"]
    say(driss, "Soudage TIG")
    assert "Driss El Amrani" in named(bruno, "souder")


@pytest.mark.django_db
def test_a_merged_name_and_the_other_language_find_the_same_people(amina, bruno, karim) -> None:
    people.add_skill(by=amina, name="Bidouillage")
    say(amina, "Bidouillage")
    say(karim, "Prototypage")
    source, into = (the_skills().named(name).id for name in ("Bidouillage", "Prototypage"))
    directory.merge_skills(by=karim, source_id=source, into_id=into)

    for words in ("bidouiller", "prototyper", "prototyping"):
        assert sorted(named(bruno, words)) == ["Amina Benali", "Karim Haddad"]


@pytest.mark.django_db
def test_without_an_answer_one_asks_where_one_is(amina, lyon, as_) -> None:
    page = answer(as_, amina, "dresser des ours")

    assert f"/publier/?pour={lyon.slug}" in page
    assert "Demander dans « Qualité Lyon »" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    ["", "?", "qui sait", "\0", "%_%", "'; --", "<b>", "🔥", "a" * 500, "ال", "\u202e", "x " * 200, "((((", "%"],
)
def test_hostile_questions_have_quiet_answers(words: str, amina, lyon, as_) -> None:
    for address in ("/qui-sait/", f"/communautes/{lyon.slug}/qui-sait/", "/chercher/"):
        reply = as_(amina).get(address, {"q": words})
        assert reply.status_code == 200
        assert b"<b><" not in reply.content


# In a community


@pytest.mark.django_db
def test_a_community_proposes_its_own_about_what_it_is_named_after(amina, bruno, chloe, as_) -> None:
    place = communities.found_open(person=chloe, name="Soudage et inox", purpose="Ici", kind="trade", access="open")
    communities.join(person=amina, community=place)
    say(amina, "Soudage TIG", "orbital, inertage")
    say(make_person("loin", "Loin Ailleurs"), "Soudage TIG")
    address = f"/communautes/{place.slug}/qui-sait/"
    aside = as_(bruno).get(address, headers={"HX-Request": "true"}).content.decode()

    assert "orbital, inertage" in aside
    assert "Loin Ailleurs" not in aside
    assert "<html" not in aside
    assert "Loin Ailleurs" not in as_(bruno).get(address, {"q": "souder"}).content.decode()
    assert named(bruno, "souder", community=place) == ["Amina Benali", "Chloé Marchetti"] or named(
        bruno, "souder", community=place
    ) == ["Chloé Marchetti", "Amina Benali"]


@pytest.mark.django_db
def test_a_hidden_community_has_no_such_page_for_others(bruno, cordon, as_) -> None:
    assert as_(bruno).get(f"/communautes/{cordon.slug}/qui-sait/").status_code == 404


@pytest.mark.django_db
def test_at_its_door_only_those_who_welcome_are_named(amina, bruno, chloe) -> None:
    place = communities.found_open(person=chloe, name="Soudage", purpose="Souder.", kind="trade", access="on_request")
    communities.invite(by=chloe, person=amina, community=place)
    communities.join(person=amina, community=place)
    say(amina, "Soudage TIG")

    assert named(bruno, "", community=place) == ["Chloé Marchetti"]


# Ctrl+K


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Qui sait souder l’inox ?", "souder l’inox"),
        ("qui sait souder", "souder"),
        ("who knows how to weld?", "weld"),
        ("Qui parle arabe ?", "arabe"),
        ("Qui sait ?", None),
        ("Quimper", None),
        ("souder", None),
    ],
)
def test_a_question_is_told_from_a_name(typed: str, asked: str | None) -> None:
    assert asked_of_people(typed) == asked


@pytest.mark.django_db
def test_a_question_typed_in_ctrl_k_leads_to_those_who_know(amina, as_) -> None:
    hits = as_(amina).get("/chercher/", {"q": "Qui sait souder l’inox ?"}, headers={"HX-Request": "true"})

    assert b"/qui-sait/?q=souder+l%E2%80%99inox" in hits.content
    commands = as_(amina).get("/chercher/", {"q": "qui sait"}, headers={"HX-Request": "true"}).content.decode()
    assert 'href="/qui-sait/"' in commands


# What it costs


@pytest.mark.django_db
def test_thirty_people_cost_what_one_costs(amina, bruno, lyon) -> None:
    say(amina, "Soudage TIG")

    def cost() -> int:
        bruno.forget_scope()
        with CaptureQueriesContext(connection) as queries:
            assert who_knows(words="souder l’inox", reader=bruno)
        return len(queries)

    one = cost()
    for n in range(30):
        person = make_person(f"p{n:02d}", f"Personne {n:02d}", title="Soudeuse")
        communities.join(person=person, community=lyon)
        held = say(person, "Soudage TIG", "inox")
        people.confirm_skill(by=amina, held=held)
        made = wall.publish(author=person, audience_id=lyon.audience_id, text=f"Essai {n}")
        directory.show_with(person=person, held=held, contribution=made)
    assert cost() == one
