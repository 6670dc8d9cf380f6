"""« Mes contributions », and those one shows on one's profile."""

import html
import re

import pytest
from django.urls import reverse

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution, Reach, Reaction
from parvis.directory import actions
from parvis.directory.models import ChosenContribution
from parvis.directory.words import readers_in_words, units_in_words
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.conftest import forget_scopes, make_person

MINE = "/moi/contributions/"


def read(browser, address=MINE, **headers):
    return html.unescape(browser.get(address, **headers).content.decode())


def found(page):
    """The list alone."""
    return page[page.index('id="mine-found"') :]


def write(author, community, text, title=""):
    return wall.publish(author=author, audience_id=community.audience_id, text=text, title=title)


@pytest.fixture
def six(amina, lyon):
    return [write(amina, lyon, f"Texte {n}", f"Titre {n}") for n in range(6)]


def choose(browser, contribution, **more):
    return browser.post(f"{MINE}{contribution.pk}/montrer/", {"on": "1", **more})


def order(person):
    rows = ChosenContribution.objects.filter(person=person).order_by("position")
    return [(row.position, row.contribution.title) for row in rows.select_related("contribution")]


def titles(person):
    return [title for _position, title in order(person)]


# How far it went


@pytest.mark.parametrize(
    ("readers", "words"),
    [
        (0, ""),
        (9, ""),
        (10, "une dizaine de personnes"),
        (19, "une quinzaine de personnes"),
        (69, "une soixantaine de personnes"),
        (199, "plus de cent cinquante personnes"),
        (299, "plus de deux cents personnes"),
        (1999, "plus de mille personnes"),
        (12_345, "plus de 12 000 personnes"),
    ],
)
def test_readers_are_said_from_ten_on_and_rounded_down(readers, words):
    assert readers_in_words(readers).replace("\u202f", " ") == words


@pytest.mark.parametrize(("readers", "units", "words"), [(9, 4, ""), (10, 2, ""), (10, 3, "3 unités")])
def test_units_are_said_from_three_on_and_with_the_readers(readers, units, words):
    assert units_in_words(readers, units) == words


def test_each_says_how_far_it_went(as_, amina, bruno, chloe, publication, lyon):
    Reach.objects.create(contribution=publication, readers=63, units=4)
    for person in (bruno, chloe, make_person("yann", "Yann Kerbrat")):
        contributions.react(person=person, contribution=publication, kind=Reaction.Kind.USEFUL)
    contributions.react(person=make_person("zoe", "Zoé Roy"), contribution=publication, kind=Reaction.Kind.BRAVO)
    line = re.sub(r"<[^>]+>", "", found(read(as_(amina))))

    assert "Lu par une soixantaine de personnes, dans 4 unités." in line
    assert "Utile à Yann, Chloé et d’autres." in line
    assert "Bravo, dit Zoé." in line
    assert "63" not in line


def test_a_few_readers_are_not_spoken_of(as_, amina, publication):
    Reach.objects.create(contribution=publication, readers=9, units=5)

    page = found(read(as_(amina)))
    assert "Argon" in page
    assert "Lu par" not in page


def test_ones_own_reaction_is_not_told_back(as_, amina, publication):
    contributions.react(person=amina, contribution=publication, kind=Reaction.Kind.USEFUL)

    assert "Utile" not in found(read(as_(amina)))


def test_it_says_where_it_was_recommended_as_far_as_its_author_may_know(as_, amina, bruno, publication):
    """A place that leaves no trace for the author is not named, and not hinted at."""
    for name, access in (("Qualité Québec", "open"), ("Cercle fermé", "private")):
        place = communities.found_open(person=bruno, name=name, purpose="Là.", kind="trade", access=access)
        forget_scopes(bruno)
        wall.recommend(author=bruno, original=publication, audience_id=place.audience_id, text="Lire")

    line = found(read(as_(amina)))
    assert "Recommandé dans « Qualité Québec »." in line.replace("\u00a0", " ")
    assert "Cercle" not in line
    assert "ailleurs" not in line


def test_nobody_else_can_ask_for_it(as_, bruno, publication):
    Reach.objects.create(contribution=publication, readers=63, units=4)

    assert "Lu par" not in read(as_(bruno))
    assert "Argon" not in read(as_(bruno))
    for address in (f"/personnes/{publication.author_id}/", f"/c/{publication.pk}/"):
        assert "soixantaine" not in read(as_(bruno), address)


def test_no_total_and_no_number_of_anybody(as_, amina, bruno, six):
    for contribution in six:
        contributions.react(person=bruno, contribution=contribution, kind=Reaction.Kind.LIKE)
    text = re.sub(r"<[^>]+>", " ", found(read(as_(amina))))

    assert not re.search(r"\b6\b", text)


def test_newest_first_in_pages_that_keep_the_filters(as_, amina, lyon, cordon):
    for n in range(23):
        write(amina, lyon, "…", f"Lyon {n:02d}")
    write(amina, cordon, "…", "Cordon")
    browser = as_(amina)
    first = found(read(browser, f"{MINE}?lieu={lyon.slug}"))
    shown = re.findall(r"Lyon (\d\d)</a>", first)
    assert shown == [f"{n:02d}" for n in range(22, 2, -1)]
    assert "Cordon" not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert re.findall(r"Lyon (\d\d)</a>", found(read(browser, MINE + following))) == ["02", "01", "00"]


def test_one_filters_by_kind_and_by_time(as_, amina, bruno, lyon, cordon, publication):
    from datetime import timedelta

    from django.utils import timezone

    Contribution.objects.filter(pk=publication.pk).update(published_at=timezone.now() - timedelta(days=60))
    wall.recommend(author=amina, original=publication, audience_id=cordon.audience_id, text="Mon avis")
    browser = as_(amina)

    assert "Argon</a>" not in found(read(browser, f"{MINE}?genre=recommendation"))
    assert "Mon avis" in found(read(browser, f"{MINE}?genre=recommendation"))
    assert "Argon</a>" not in found(read(browser, f"{MINE}?quand=mois"))
    assert "Argon</a>" in found(read(browser, f"{MINE}?quand=an"))
    assert "Rien de vous qui réponde" in found(read(browser, f"{MINE}?lieu=nulle-part&quand=hier"))


def test_what_one_deleted_or_left_behind_is_not_there(as_, amina, publication, secret, cordon):
    contributions.delete(by=amina, contribution=publication)
    communities.leave(person=amina, community=cordon)
    page = read(as_(amina))

    assert "Argon" not in page
    assert "Entre nous" not in page
    assert "Vous n’avez encore rien publié" in page


def test_the_profile_ends_with_the_last_three_for_oneself_alone(as_, amina, bruno, six):
    assert f"{MINE}?dernieres" in read(as_(amina), f"/personnes/{amina.pk}/")
    last = read(as_(amina), f"{MINE}?dernieres", headers={"HX-Request": "true"})
    assert re.findall(r"Titre \d", last) == ["Titre 5", "Titre 4", "Titre 3"]
    assert "?dernieres" not in read(as_(bruno), f"/personnes/{amina.pk}/")


# Those one shows


def test_one_gesture_shows_it_on_the_profile_and_one_takes_it_back(as_, amina, bruno, publication):
    browser = as_(amina)
    assert choose(browser, publication).url == MINE
    assert "Argon" in read(as_(bruno), f"/personnes/{amina.pk}/")

    browser.post(f"{MINE}{publication.pk}/montrer/", {"on": "0"})
    page = read(browser)
    undo = reverse("directory:show", args=[publication.pk]) + "?place=0"
    assert undo in page
    assert not ChosenContribution.objects.exists()
    browser.post(undo)
    assert titles(amina) == ["Argon"]


def test_undoing_puts_it_back_in_its_place(as_, amina, six):
    browser = as_(amina)
    for contribution in six[:3]:
        choose(browser, contribution)
    browser.post(f"{MINE}{six[1].pk}/montrer/", {"on": "0"})
    browser.post(f"{MINE}{six[1].pk}/montrer/?place=1")

    assert titles(amina) == ["Titre 0", "Titre 1", "Titre 2"]


def test_choosing_twice_is_choosing_once(as_, amina, publication):
    for _ in range(2):
        choose(as_(amina), publication)

    assert order(amina) == [(0, "Argon")]


def test_the_order_is_changed_by_buttons_that_say_the_wanted_place(as_, amina, six):
    browser = as_(amina)
    for contribution in six[:3]:
        choose(browser, contribution)
    for _double_click in range(2):
        choose(browser, six[2], place=1)
    assert order(amina) == [(0, "Titre 0"), (1, "Titre 2"), (2, "Titre 1")]
    choose(browser, six[2], place=99)
    assert titles(amina) == ["Titre 0", "Titre 1", "Titre 2"]


def test_a_sixth_is_told_in_words_which_to_give_up(as_, amina, six):
    browser = as_(amina)
    for contribution in six[:5]:
        choose(browser, contribution)
    response = choose(browser, six[5])
    page = html.unescape(response.content.decode())

    assert response.status_code == 422
    assert "Vous en montrez déjà cinq" in page
    assert [f'name="instead" value="{c.pk}"' in page for c in six[:5]] == [True] * 5
    assert len(titles(amina)) == 5
    choose(browser, six[5], instead=six[1].pk)
    assert titles(amina) == ["Titre 0", "Titre 5", "Titre 2", "Titre 3", "Titre 4"]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_never_show_six(tmp_path, amina, six):
    for contribution in six[:4]:
        actions.show(person=amina, contribution=contribution)
    rivals = Rivals(tmp_path)
    results = rivals.at_once(
        [lambda c=c: actions.show(person=amina, contribution=c) for c in six[4:]],
    )

    assert sorted(type(result) for result in results if result is not None) == [actions.FiveAreShown]
    assert rivals.look(lambda: ChosenContribution.objects.count()) == 5


def test_what_is_deleted_or_out_of_sight_vanishes_and_makes_room(as_, amina, bruno, six):
    browser = as_(amina)
    for contribution in six[:5]:
        choose(browser, contribution)
    contributions.delete(by=amina, contribution=six[0])
    profile = read(as_(bruno), f"/personnes/{amina.pk}/")
    chosen = profile[profile.index('id="chosen-t"') :]
    assert "Titre 0" not in chosen[: chosen.index("</section>")]

    assert choose(browser, six[5]).status_code == 302
    assert titles(amina) == ["Titre 1", "Titre 2", "Titre 3", "Titre 4", "Titre 5"]


def test_each_reader_sees_those_they_may_read(as_, amina, bruno, chloe, publication, secret):
    for contribution in (publication, secret):
        actions.show(person=amina, contribution=contribution)

    page = f"/personnes/{amina.pk}/"
    assert "Entre nous" in read(as_(chloe), page)
    assert "Entre nous" not in read(as_(bruno), page)
    assert "Cordon" not in read(as_(bruno), page)
    assert "Argon" in read(as_(bruno), page)


def test_nothing_of_a_secret_community_is_ever_on_a_profile(as_, amina, chloe, cordon, secret):
    actions.show(person=amina, contribution=secret)
    Community.objects.filter(pk=cordon.pk).update(access="secret")

    assert "Entre nous" not in read(as_(chloe), f"/personnes/{amina.pk}/")
    ChosenContribution.objects.all().delete()
    assert choose(as_(amina), secret).status_code == 403
    assert not ChosenContribution.objects.exists()


def test_one_shows_only_publications_of_ones_own(as_, amina, bruno, publication):
    comment = contributions.comment(author=bruno, on=publication, text="12")

    assert choose(as_(bruno), publication).status_code == 404
    assert choose(as_(bruno), comment).status_code == 404
    assert not ChosenContribution.objects.exists()


@pytest.mark.parametrize("place", ["", "-1", "abc", "9" * 30])
def test_a_forged_place_is_the_last_one(as_, amina, publication, place):
    assert choose(as_(amina), publication, place=place).status_code == 302
    assert order(amina) == [(0, "Argon")]
