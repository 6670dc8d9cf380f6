"""The front of a community: what lives there, the rule above what one writes, the word of welcome, the landing, how
soon one answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.models import Community, Membership
from parvis.contributions import actions as contributions
from parvis.contributions.jobs import measure_replies
from parvis.contributions.models import Contribution
from parvis.kernel.files.models import File
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.communities.scene import As
from tests.conftest import make_person

NAMES = ("name", "purpose", "rules", "kind", "icon", "hue", "access")


def settings(community: Community, **changes: object) -> dict[str, object]:
    front = {"has_front": 1, "talk": community.talk, "welcome": community.welcome, "landing": community.landing}
    return {name: getattr(community, name) for name in NAMES} | front | {"shows_rules": "on"} | changes


def change(browser, community: Community, **changes: object):
    return browser.post(f"/communautes/{community.slug}/reglages/", settings(community, **changes))


def front(browser, community: Community) -> str:
    return browser.get(f"/communautes/{community.slug}/").content.decode()


# --- The rule -------------------------------------------------------------------------------------------------------


def test_the_rule_stands_above_what_one_writes_where_it_is_shown(
    as_: As, amina: Person, chloe: Person, lyon: Community
):
    change(as_(chloe), lyon, rules="On parle des pièces.")
    page = front(as_(amina), lyon)
    assert page.index("On parle des pièces.") < page.index('class="cards"')
    assert f"/communautes/{lyon.slug}/a-propos/#regle" in page

    change(as_(chloe), lyon, rules="On parle des pièces.", shows_rules="")
    assert "On parle des pièces." not in front(as_(amina), lyon)
    about = as_(amina).get(f"/communautes/{lyon.slug}/a-propos/").content.decode()
    assert "On parle des pièces." in about
    assert 'id="regle"' in about


def test_a_form_that_does_not_ask_for_the_front_leaves_it(as_: As, chloe: Person, lyon: Community) -> None:
    change(as_(chloe), lyon, welcome="Bonjour", talk="forum")
    kept = {name: getattr(lyon, name) for name in NAMES} | {"purpose": "Autre chose."}
    assert as_(chloe).post(f"/communautes/{lyon.slug}/reglages/", kept).status_code == 302
    lyon.refresh_from_db()
    assert (lyon.purpose, lyon.welcome, lyon.talk, lyon.shows_rules) == ("Autre chose.", "Bonjour", "forum", True)


@pytest.mark.parametrize(
    "changed", [{"talk": "forum"}, {"welcome": "Salut"}, {"landing": "Là"}, {"colour": "#777777"}]
)
def test_two_animators_do_not_undo_each_others_front(
    as_: As, chloe: Person, lyon: Community, changed: dict[str, str]
) -> None:
    opened = lyon.settings_mark
    assert change(as_(chloe), lyon, **changed).status_code == 302
    refused = change(as_(chloe), lyon, based_on=opened)
    assert refused.status_code == 422
    assert "changés entre-temps" in refused.content.decode()


# --- Welcome and landing --------------------------------------------------------------------------------------------


def test_who_comes_in_is_welcomed_until_they_say_they_read_it(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    change(as_(chloe), lyon, welcome="Commencez par **le guide**.")
    assert "le guide" not in front(as_(bruno), lyon)
    browser = as_(bruno)
    page = browser.post(f"/communautes/{lyon.slug}/rejoindre/", follow=True).content.decode()
    assert "Commencez par <strong>le guide</strong>." in page
    assert "le guide" in front(browser, lyon)
    for _click in range(2):
        assert browser.post(f"/communautes/{lyon.slug}/bienvenue/lu/").status_code == 302
    assert "le guide" not in front(browser, lyon)


def test_who_has_been_there_for_long_is_not_welcomed_again(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=40))
    change(as_(chloe), lyon, welcome="Commencez ici.")
    assert "Commencez ici." not in front(as_(amina), lyon)


def test_the_landing_says_what_one_finds_who_welcomes_and_how_one_comes_in(
    as_: As, bruno: Person, chloe: Person, essais: Community
) -> None:
    change(as_(chloe), essais, landing="On y casse des *pièces*.")
    page = front(as_(bruno), essais)
    assert "On y casse des <em>pièces</em>." in page
    assert "Chloé Marchetti" in page
    assert "Demander à entrer" in page


@pytest.mark.parametrize("field", ["welcome", "landing"])
def test_words_of_a_front_are_sanitised_and_call_nobody(
    as_: As, bruno: Person, chloe: Person, essais: Community, field: str
) -> None:
    bad = f"<script>alert(1)</script> [x](javascript:alert(1)) @[{bruno.pk}] ![a](https://x.example/p.png)"
    assert change(as_(chloe), essais, **{field: bad}).status_code == 302
    essais.refresh_from_db()
    html = getattr(essais, f"{field}_html")
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert bruno.name not in front(as_(chloe), essais)


def test_too_many_words_are_kept_in_the_form_and_refused(as_: As, chloe: Person, lyon: Community) -> None:
    answer = change(as_(chloe), lyon, welcome="mot " * 600)
    assert answer.status_code == 422
    assert "mot mot mot" in answer.content.decode()


# --- How soon one answers -------------------------------------------------------------------------------------------


def answered(author: Person, by: Person, community: Community, minutes: int, *, days_ago: int = 3) -> None:
    made = wall.publish(author=author, audience_id=community.audience_id, text="Quel débit ?")
    said = contributions.comment(author=by, on=made, text="Douze.")
    at = timezone.now() - timedelta(days=days_ago)
    Contribution.objects.filter(pk=made.pk).update(published_at=at)
    Contribution.objects.filter(pk=said.pk).update(published_at=at + timedelta(minutes=minutes))


def test_the_usual_reply_is_the_middle_of_the_first_answers_by_others(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    for minutes in (10, 170, 180, 190, 5000):
        answered(amina, chloe, lyon, minutes)
    answered(amina, amina, lyon, 1)  # one's own word under one's own question
    answered(amina, chloe, lyon, 1, days_ago=120)
    measure_replies()
    lyon.refresh_from_db()
    assert lyon.usual_reply_minutes == 180
    page = front(as_(amina), lyon)
    assert "On y répond en" in page
    assert "3\xa0h, d’habitude" in page or "3 h, d’habitude" in page
    assert "d’habitude" in as_(amina).get("/communautes/").content.decode()


def test_with_fewer_than_five_answers_nothing_is_said(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    for _n in range(4):
        answered(amina, chloe, lyon, 10)
    measure_replies()
    assert "On y répond" not in front(as_(amina), lyon)


def test_what_was_said_of_the_reply_goes_when_it_is_not_true_any_more(amina: Person, lyon: Community) -> None:
    Community.objects.update(usual_reply_minutes=60)
    wall.publish(author=amina, audience_id=lyon.audience_id, text="Bonjour")
    measure_replies()
    lyon.refresh_from_db()
    assert lyon.usual_reply_minutes is None


def test_a_secret_community_is_in_no_figure(amina: Person, chloe: Person, lyon: Community) -> None:
    for _n in range(6):
        answered(amina, chloe, lyon, 10)
    Community.objects.update(access="secret")
    measure_replies()
    lyon.refresh_from_db()
    assert lyon.usual_reply_minutes is None


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (5, "moins d’une heure"),
        (60 * 20, "dans la journée"),
        (60 * 40, "un jour ou deux"),
        (60 * 100, "dans la semaine"),
    ],
)
def test_a_reply_is_said_as_one_would(as_: As, amina: Person, lyon: Community, minutes: int, said: str) -> None:
    Community.objects.update(usual_reply_minutes=minutes)
    assert said in front(as_(amina), lyon)


# --- The picture ----------------------------------------------------------------------------------------------------


def test_a_long_name_and_a_thousand_members_do_not_show_as_a_figure(as_: As, amina: Person, lyon: Community) -> None:
    Community.objects.update(name="Communauté " + "longue " * 11)
    for n in range(3):
        actions.join(person=make_person(f"p{n}", f"Personne {n}"), community=lyon)
    assert "5 membres" not in front(as_(amina), lyon)
    assert File.objects.count() == 0
