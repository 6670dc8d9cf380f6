"""« Où en est-on ? »: what the front page of a project says, who says it, and what two people at once do to it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import Community, Decision, Membership, ProjectState
from parvis.kernel.audiences.actions import let_in
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.rivals import Rivals
from tests.communities.scene import As
from tests.conftest import make_person

STATE = {
    "lead": "",
    "next_step": "Essai sur la ligne 2",
    "next_step_on": "2099-03-12",
    "weather": "cloudy",
    "weather_word": "On attend une buse.",
    "milestone_1": "Cuve livrée",
    "due_on_1": "2098-01-02",
    "milestone_2": "",
    "milestone_3": "",
}


@pytest.fixture
def cuve(lyon: Community) -> Community:
    """An open project of Chloé, where Amina is a member."""
    Community.objects.filter(pk=lyon.pk).update(kind="project")
    lyon.refresh_from_db()
    return lyon


def front(browser, community: Community) -> str:
    return browser.get(f"/communautes/{community.slug}/").content.decode()


def say(browser, community: Community, **changes: object):
    return browser.post(f"/communautes/{community.slug}/ou-en-est-on/dire/", STATE | changes)


def test_a_project_opens_on_where_it_stands(as_: As, bruno: Person, chloe: Person, cuve: Community) -> None:
    assert "Personne ne l’a encore dit." in front(as_(bruno), cuve)
    assert say(as_(chloe), cuve, lead="Amina Benali").status_code == 302

    page = front(as_(bruno), cuve)
    assert page.index("Où en est-on") < page.index('class="cards"')
    for said in (
        "Essai sur la ligne 2",
        "12 mars 2099",
        "Amina Benali",
        "Quelques difficultés",
        "On attend une buse.",
    ):
        assert said in page
    assert "Cuve livrée" in page
    assert "prévu le 2 janvier 2098" in page
    assert "Mettre à jour" not in page


def test_another_kind_opens_on_its_talk(as_: As, bruno: Person, lyon: Community) -> None:
    assert "Où en est-on" not in front(as_(bruno), lyon)
    assert as_(bruno).get(f"/communautes/{lyon.slug}/ou-en-est-on/").status_code == 404


def test_members_read_and_those_who_animate_or_lead_say(
    as_: As, amina: Person, bruno: Person, chloe: Person, cuve: Community
) -> None:
    assert say(as_(amina), cuve).status_code == 403
    assert say(as_(bruno), cuve).status_code == 403
    say(as_(chloe), cuve, lead="amina")
    assert say(as_(amina), cuve, lead="Amina Benali", next_step="Ma suite").status_code == 302
    assert "Ma suite" in front(as_(bruno), cuve)


def test_a_lead_who_left_leads_no_more(as_: As, amina: Person, chloe: Person, cuve: Community) -> None:
    say(as_(chloe), cuve, lead="Amina Benali")
    actions.leave(person=amina, community=cuve)
    page = front(as_(amina), cuve)
    assert "Amina Benali" not in page.split('id="ou-en-est-on"')[1].split("</section>")[0]
    assert "personne pour l’instant" in page
    assert say(as_(amina), cuve).status_code == 403


def test_a_suspended_lead_is_not_shown(as_: As, amina: Person, chloe: Person, karim: Person, cuve: Community) -> None:
    say(as_(chloe), cuve, lead="Amina Benali")
    people.suspend(person=amina, by=karim)
    assert "personne pour l’instant" in front(as_(chloe), cuve)


def test_only_a_member_leads(as_: As, bruno: Person, chloe: Person, cuve: Community) -> None:
    answer = say(as_(chloe), cuve, lead=bruno.name)
    assert answer.status_code == 422
    assert "n’est membre ici" in answer.content.decode()
    assert "Essai sur la ligne 2" in answer.content.decode()


def test_among_members_of_one_name_the_one_is_chosen(as_: As, amina: Person, chloe: Person, cuve: Community) -> None:
    other = make_person("abenali", "Amina Benali", title="Chaudronnière", site="Brest")
    actions.join(person=other, community=cuve)
    asked = say(as_(chloe), cuve, lead="Amina Benali")
    assert asked.status_code == 422
    assert "Amina Benali, Chaudronnière, Brest" in asked.content.decode()
    assert say(as_(chloe), cuve, lead="Amina Benali", lead_id=other.pk).status_code == 302
    assert ProjectState.objects.get().lead_id == other.pk


def version_in(page: str) -> str:
    return re.findall(r'name="based_on" value="(\d+)"', page)[0]


def test_two_people_do_not_undo_each_other_unseen(as_: As, amina: Person, chloe: Person, cuve: Community) -> None:
    actions.make_animator(by=chloe, person=amina, community=cuve)
    url = f"/communautes/{cuve.slug}/ou-en-est-on/dire/"
    opened = version_in(as_(amina).get(url).content.decode())
    say(as_(chloe), cuve, based_on=opened)
    refused = say(as_(amina), cuve, based_on=opened, weather="stormy")
    assert refused.status_code == 422
    assert "changée entre-temps" in refused.content.decode()
    assert ProjectState.objects.get().weather == "cloudy"
    again = say(as_(amina), cuve, based_on=version_in(refused.content.decode()), weather="stormy")
    assert again.status_code == 302
    assert ProjectState.objects.get().weather == "stormy"


def test_saying_the_same_again_changes_nothing(as_: As, chloe: Person, cuve: Community) -> None:
    say(as_(chloe), cuve, based_on="0")
    assert say(as_(chloe), cuve, based_on="0").status_code == 302
    assert ProjectState.objects.get().version == 1


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_of_two_who_speak_at_once_one_is_told(
    as_: As, amina: Person, chloe: Person, cuve: Community, tmp_path: Path
) -> None:
    actions.make_animator(by=chloe, person=amina, community=cuve)
    say(as_(chloe), cuve)
    rivals = Rivals(tmp_path)

    def says(person: Person, word: str) -> Callable[[], int]:
        return lambda: say(as_(person), cuve, based_on="1", weather_word=word).status_code

    assert sorted(rivals.at_once([says(amina, "Moi"), says(chloe, "Non, moi")])) == [302, 422]
    assert rivals.look(lambda: ProjectState.objects.get().version) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"next_step_on": "9999-12-31"},
        {"due_on_1": "0001-01-01"},
        {"next_step": "x" * 201},
        {"weather": "apocalypse"},
        {"milestone_1": "", "due_on_1": "2098-01-02"},
        {"next_step": "", "next_step_on": "2099-01-01"},
        {"next_step_on": "demain"},
        {"based_on": "moi"},
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    as_: As, chloe: Person, cuve: Community, wrong: dict[str, str]
) -> None:
    answer = say(as_(chloe), cuve, **wrong)
    assert answer.status_code == 422
    assert "On attend une buse." in answer.content.decode()
    assert not ProjectState.objects.exists()


def test_three_milestones_and_no_fourth(chloe: Person, cuve: Community) -> None:
    with pytest.raises(Exception, match="Trois jalons"):
        actions.say_where_we_are(
            by=chloe,
            community=cuve,
            lead=None,
            next_step="",
            next_step_on=None,
            weather="",
            weather_word="",
            milestones=[actions.Step(f"Jalon {n}") for n in range(4)],
        )


def test_a_milestone_once_reached_keeps_its_day(as_: As, chloe: Person, cuve: Community) -> None:
    say(as_(chloe), cuve, reached_1="on")
    milestone = ProjectState.objects.get().milestones.get()
    assert milestone.reached_on == timezone.localdate()
    ProjectState.objects.get().milestones.update(reached_on="2020-02-02")
    say(as_(chloe), cuve, reached_1="on", weather="clear")
    assert "atteint le 2 février 2020" in front(as_(chloe), cuve)


def test_hostile_words_are_words(as_: As, chloe: Person, cuve: Community) -> None:
    bad = '<script>alert("1")</script>\u202eabc'
    say(as_(chloe), cuve, next_step=bad, weather_word=bad, milestone_1=bad)
    page = front(as_(chloe), cuve)
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


# --- Decisions ------------------------------------------------------------------------------------------------------


def decide(browser, community: Community, text: str, day: str = "2026-01-05", **more: object):
    url = f"/communautes/{community.slug}/ou-en-est-on/decisions/"
    return browser.post(url, {"text": text, "decided_on": day} | more)


def test_the_last_decisions_stand_on_the_front_and_all_on_their_page(
    as_: As, bruno: Person, chloe: Person, cuve: Community
) -> None:
    for n in range(1, 5):
        assert decide(as_(chloe), cuve, f"Décision {n}", f"2026-01-0{n}").status_code == 302
    page = front(as_(bruno), cuve)
    assert "Décision 4" in page
    assert "Décision 1" not in page
    whole = as_(bruno).get(f"/communautes/{cuve.slug}/ou-en-est-on/").content.decode()
    assert whole.index("Décision 4") < whole.index("Décision 1")
    assert "noté par Chloé Marchetti" in whole


def test_a_double_click_notes_one_decision(as_: As, chloe: Person, cuve: Community) -> None:
    for _click in range(2):
        decide(as_(chloe), cuve, "On coupe l’argon.", key="une-cle-de-formulaire")
    assert Decision.objects.count() == 1


def test_a_decision_of_tomorrow_is_none_yet(as_: As, chloe: Person, cuve: Community) -> None:
    for day in ("2099-01-01", "9999-12-31", "hier"):
        assert decide(as_(chloe), cuve, "Trop tôt", day).status_code == 422
    assert not Decision.objects.exists()


def test_a_decision_noted_by_mistake_is_taken_back(as_: As, amina: Person, chloe: Person, cuve: Community) -> None:
    decide(as_(chloe), cuve, "Une erreur")
    url = f"/communautes/{cuve.slug}/ou-en-est-on/decisions/{Decision.objects.get().pk}/retirer/"
    assert as_(amina).post(url).status_code == 403
    for _click in range(2):
        assert as_(chloe).post(url).status_code == 302
    assert not Decision.objects.exists()


def test_a_decision_of_another_project_is_not_reached_through_mine(
    as_: As, chloe: Person, amina: Person, cuve: Community, essais: Community
) -> None:
    decide(as_(chloe), cuve, "La leur")
    Community.objects.filter(pk=essais.pk).update(kind="project")
    url = f"/communautes/{essais.slug}/ou-en-est-on/decisions/{Decision.objects.get().pk}/retirer/"
    assert as_(chloe).post(url).status_code == 404
    assert Decision.objects.exists()


def test_what_was_archived_is_only_read(as_: As, chloe: Person, cuve: Community) -> None:
    say(as_(chloe), cuve)
    Community.objects.filter(pk=cuve.pk).update(archived_at=timezone.now())
    assert "Mettre à jour" not in front(as_(chloe), cuve)
    assert say(as_(chloe), cuve, weather="clear").status_code == 403
    assert decide(as_(chloe), cuve, "Trop tard").status_code == 403


def test_in_place_the_form_takes_the_place_of_what_it_changes(as_: As, chloe: Person, cuve: Community) -> None:
    browser = as_(chloe)
    url = f"/communautes/{cuve.slug}/ou-en-est-on/dire/"
    form = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert form.lstrip().startswith('<section class="now')
    answer = browser.post(url, STATE, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    reloaded = front(browser, cuve)
    section = re.compile(r'<section class="now.*?</section>', re.DOTALL)
    assert section.search(shown)[0] == section.search(reloaded)[0]  # type: ignore[index]


def test_a_guest_of_the_project_reads_it_and_never_leads(
    as_: As, chloe: Person, driss: Person, cuve: Community
) -> None:
    say(as_(chloe), cuve)
    assert as_(driss).get(f"/communautes/{cuve.slug}/").status_code == 404
    Membership.objects.create(community=cuve, person=driss)
    let_in(person_id=driss.pk, audience_id=cuve.audience_id)
    assert "Essai sur la ligne 2" in front(as_(driss), cuve)
    assert say(as_(driss), cuve).status_code == 403
    assert say(as_(chloe), cuve, lead=driss.name).status_code == 422
