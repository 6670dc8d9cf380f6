"""The feed: what one belongs to and follows, newest first; a newcomer finds a letter."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.communities import actions as communities
from parvis.contributions import actions as contributions
from parvis.contributions.models import Contribution
from parvis.people.models import Person
from parvis.wall import actions as wall


def feed(browser, query=""):
    return browser.get(f"/?vue=fil{query}").content.decode()


def test_the_feed_shows_what_one_joined_or_follows_and_nothing_else(as_, amina, bruno, lyon, publication):
    assert "Quel débit" not in feed(as_(bruno))
    communities.follow(person=bruno, community=lyon)
    assert "Quel débit" in feed(as_(bruno))
    assert "Quel débit" in feed(as_(amina))


def test_following_a_place_one_may_no_longer_read_shows_nothing(as_, bruno, chloe, lyon, publication):
    communities.follow(person=bruno, community=lyon)
    lyon.access = "private"
    lyon.save()
    from parvis.kernel.audiences.actions import open_or_close

    open_or_close(audience_id=lyon.audience_id, is_open=False)
    assert "Quel débit" not in feed(as_(bruno))


def test_the_next_page_goes_on_where_the_first_ends(as_, amina, lyon):
    for n in range(25):
        wall.publish(author=amina, audience_id=lyon.audience_id, text=f"mot-{n:02d}")
    browser = as_(amina)
    first = feed(browser)
    cursor = first.split("?avant=")[1].split('"')[0]
    second = feed(browser, f"&avant={cursor}")

    assert "mot-24" in first
    assert "mot-05" in first
    assert "mot-04" not in first
    assert "mot-04" in second
    assert "mot-00" in second
    assert "mot-05" not in second


@pytest.mark.parametrize("cursor", ["x", "AAAA", "é", "A" * 400, "%00"])
def test_a_cursor_nobody_was_given_shows_the_first_page(as_, amina, publication, cursor):
    assert "Quel débit" in feed(as_(amina), f"&avant={cursor}")


def test_news_are_the_cards_that_came_after(as_, amina, lyon, publication):
    page = feed(as_(amina))
    since = page.split('data-since="')[1].split('"')[0]
    wall.publish(author=amina, audience_id=lyon.audience_id, text="Tout neuf")

    news = as_(amina).get(f"/fil/nouveautes/?since={since}").content.decode()
    assert "Tout neuf" in news
    assert "Quel débit" not in news
    assert "data-more" not in news


def test_more_news_than_a_page_holds_are_said_to_be_more(as_, amina, lyon, publication):
    since = feed(as_(amina)).split('data-since="')[1].split('"')[0]
    for n in range(21):
        wall.publish(author=amina, audience_id=lyon.audience_id, text=f"Neuf {n}")

    assert "data-more" in as_(amina).get(f"/fil/nouveautes/?since={since}").content.decode()


def test_what_waits_is_on_top_of_the_feed_where_there_is_no_side_column(as_, amina, chloe, lyon, publication):
    wall.publish(author=chloe, audience_id=lyon.audience_id, text="Qu’en dit @amina ?")

    page = feed(as_(amina))
    assert '<details class="folded only-narrow">' in page
    assert page.count("vous mentionne,") == 2


def test_a_newcomer_finds_a_letter_until_they_know_the_place(as_, ines, chloe, lyon, publication):
    page = as_(ines).get("/").content.decode()
    # The directory gave no first name: nobody is greeted by their family's.
    assert "Bonjour, et bienvenue." in page
    assert "Chloé" in page
    assert "Qualité Lyon" in page
    assert publication.title in page

    as_(ines).post("/bienvenue/je-connais/")
    assert "live-news" in as_(ines).get("/").content.decode()


def test_a_newcomer_is_greeted_by_the_first_name(as_, ines):
    Person.objects.filter(pk=ines.pk).update(given_name="Inès")
    assert "Bonjour Inès, et bienvenue." in as_(ines).get("/").content.decode()


def test_after_thirty_days_one_is_no_newcomer(as_, ines):
    Person.objects.filter(pk=ines.pk).update(activated_at=timezone.now() - timedelta(days=31))
    assert "live-news" in as_(ines).get("/").content.decode()


def test_after_three_acts_one_is_no_newcomer(as_, amina, lyon):
    for n in range(3):
        wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n}")
    assert "live-news" in as_(amina).get("/").content.decode()


def test_a_publication_a_comment_and_a_reaction_are_three_acts(as_, amina, chloe, lyon, publication):
    of_chloe = wall.publish(author=chloe, audience_id=lyon.audience_id, text="Bonjour")
    contributions.comment(author=amina, on=of_chloe, text="Merci")
    assert "live-news" not in as_(amina).get("/").content.decode()

    contributions.react(person=amina, contribution=of_chloe, kind="thanks")
    assert "live-news" in as_(amina).get("/").content.decode()


def test_the_feed_costs_the_same_whatever_it_holds(as_, amina, bruno, lyon):
    browser = as_(amina)
    browser.get("/?vue=fil")
    with CaptureQueriesContext(connection) as empty:
        browser.get("/?vue=fil")
    for n in range(30):
        made = wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n} @bruno #sujet")
        Contribution.objects.filter(pk=made.pk).update(recent_reactors=str(bruno.pk), reaction_tally="like:1")
    with CaptureQueriesContext(connection) as full:
        browser.get("/?vue=fil")

    assert len(full) == len(empty) == 4
