"""A community as a forum: the same contributions as titles by their last exchange, live, and nothing more than its
feed shows; and the questions that nobody took up."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.communities.models import Community
from parvis.contributions import actions, forum
from parvis.contributions.models import Contribution
from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import Scope
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.contributions.test_plans import plan_of

As = Callable[[Person], Client]


@pytest.fixture
def place(lyon: Community) -> Community:
    """Lyon, whose talk is a forum."""
    Community.objects.filter(pk=lyon.pk).update(talk="forum")
    return lyon


def say(author: Person, place: Community, title: str, text: str = "Bonjour.") -> Contribution:
    return wall.publish(author=author, audience_id=place.audience_id, title=title, text=text)


def page_of(browser: Client, place: Community, query: str = "") -> str:
    return browser.get(f"/communautes/{place.slug}/{query}").content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'class="talk-t"[^>]*>([^<]*)</a>', page)


def test_the_same_contributions_as_titles_by_their_last_exchange(
    as_: As, amina: Person, bruno: Person, place: Community
) -> None:
    old, _new = say(amina, place, "Argon"), say(amina, place, "Buse")
    assert titles(page_of(as_(bruno), place)) == ["Buse", "Argon"]
    actions.comment(author=bruno, on=old, text="Douze litres.")
    page = page_of(as_(bruno), place)
    assert titles(page) == ["Argon", "Buse"]
    assert "dernier mot de Bruno Le Goff" in page
    assert page.count("sans réponse") == 1
    assert ">Forum</a>" in page


def test_a_forum_is_the_same_talk_as_the_feed(as_: As, amina: Person, place: Community) -> None:
    made = say(amina, place, "Argon")
    Community.objects.filter(pk=place.pk).update(talk="feed")
    assert f'id="c-{made.pk}"' in page_of(as_(amina), place)


def test_what_has_no_title_is_known_by_its_first_words(as_: As, amina: Person, place: Community) -> None:
    say(amina, place, "", "Quel **débit** pour <b>la buse</b> de 12 ?")
    [title] = titles(page_of(as_(amina), place))
    assert title.startswith("Quel débit pour")


def test_a_deleted_comment_was_no_exchange_and_a_restored_one_is_again(
    as_: As, amina: Person, bruno: Person, place: Community
) -> None:
    old = say(amina, place, "Argon")
    say(amina, place, "Buse")
    said = actions.comment(author=bruno, on=old, text="Douze.")
    actions.delete(by=bruno, contribution=said)
    page = page_of(as_(amina), place)
    assert titles(page) == ["Buse", "Argon"]
    assert "dernier mot" not in page
    actions.restore(by=bruno, contribution=said)
    assert titles(page_of(as_(amina), place)) == ["Argon", "Buse"]


FOLDED = "Publication de quelqu’un que vous ne lisez pas"


def test_what_somebody_wrote_whom_one_does_not_read_is_folded(
    as_: As, amina: Person, bruno: Person, place: Community
) -> None:
    made = say(amina, place, "Argon")
    people.mute(person=bruno, muted=amina)
    for shown in (page_of(as_(bruno), place), as_(bruno).get(f"/c/{made.pk}/ligne/").content.decode()):
        before, _, after = shown.partition(f"<summary><span>{FOLDED}")
        assert "Amina Benali" not in before[before.find('class="talk"') :]
        assert "Argon" in after
    assert FOLDED not in page_of(as_(amina), place)


def test_the_last_word_of_somebody_whom_one_does_not_read_is_not_announced(
    as_: As, amina: Person, bruno: Person, chloe: Person, place: Community
) -> None:
    actions.comment(author=bruno, on=say(amina, place, "Argon"), text="Douze.")
    people.mute(person=chloe, muted=bruno)
    page = page_of(as_(chloe), place)
    assert titles(page) == ["Argon"]
    assert "Bruno Le Goff" not in page


def test_a_question_of_somebody_whom_one_does_not_read_waits_folded(
    as_: As, amina: Person, bruno: Person, lyon: Community
) -> None:
    ago(say(amina, lyon, "Passivation en gel ?"), hours=3)
    people.mute(person=bruno, muted=amina)
    [waiting] = set(re.findall(r"<h2>Sans réponse</h2>.*?</section>", page_of(as_(bruno), lyon), re.DOTALL))
    assert waiting.index(FOLDED) < waiting.index("Passivation en gel")


def test_a_deleted_publication_leaves_the_forum(as_: As, amina: Person, place: Community) -> None:
    gone = say(amina, place, "Argon")
    actions.delete(by=amina, contribution=gone)
    assert titles(page_of(as_(amina), place)) == []
    assert as_(amina).get(f"/c/{gone.pk}/ligne/").status_code == 404


def test_pages_follow_each_other_without_a_gap_or_a_double(as_: As, amina: Person, place: Community) -> None:
    for n in range(forum.PAGE + 5):
        say(amina, place, f"Titre {n:02d}")
    first = page_of(as_(amina), place)
    [following] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = page_of(as_(amina), place, following)
    both = titles(first) + titles(second)
    assert both == sorted(both, reverse=True)
    assert len(both) == len(set(both)) == forum.PAGE + 5


def test_a_line_refreshed_live_is_the_line_of_a_reloaded_page(
    as_: As, amina: Person, bruno: Person, place: Community
) -> None:
    made = say(amina, place, "Argon")
    actions.comment(author=bruno, on=made, text="Douze.")
    fresh = as_(bruno).get(f"/c/{made.pk}/ligne/").content.decode()
    line = re.compile(r'<li class="talk".*?</li>', re.DOTALL)
    assert line.search(fresh)[0] == line.search(page_of(as_(bruno), place))[0]  # type: ignore[index]


def test_the_live_page_counts_from_the_newest_publication(as_: As, amina: Person, place: Community) -> None:
    made = say(amina, place, "Argon")
    page = page_of(as_(amina), place)
    assert f'data-topics="a:{place.audience_id}" data-since="" data-version="{made.pk}"' in page
    assert f'data-live="c:{made.pk}"' in page


def test_hostile_words_are_words(as_: As, amina: Person, place: Community) -> None:
    say(amina, place, "<script>alert(1)</script>")
    page = page_of(as_(amina), place)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_forum_of_a_hidden_community_is_nobodys_but_its_members(
    as_: As, amina: Person, bruno: Person, cordon: Community, secret: Contribution
) -> None:
    Community.objects.filter(pk=cordon.pk).update(talk="forum")
    assert as_(bruno).get(f"/communautes/{cordon.slug}/").status_code == 404
    assert as_(bruno).get(f"/c/{secret.pk}/ligne/").status_code == 404
    assert as_(amina).get(f"/c/{secret.pk}/ligne/").status_code == 200
    assert forum.forum(cordon.audience_id, bruno.scope()).rows == []
    assert forum.unanswered(cordon.audience_id, bruno.scope()) == []


def test_a_name_called_in_the_first_words_is_said_only_to_who_may_know_it(
    amina: Person, bruno: Person, place: Community
) -> None:
    say(amina, place, "", "Merci @bruno pour la buse")
    told = forum.forum(place.audience_id, amina.scope()).rows[0].words
    assert told == "Merci @Bruno Le Goff pour la buse"
    guest = Scope(None, frozenset([place.audience_id]), is_guest=True)
    assert "Bruno" not in forum.forum(place.audience_id, guest).rows[0].words


def test_thirty_titles_cost_what_one_costs(as_: As, amina: Person, bruno: Person, place: Community) -> None:
    browser = as_(amina)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, place)
        return len(queries)

    say(amina, place, "Argon")
    cost()
    before = cost()
    for n in range(30):
        actions.comment(author=bruno, on=say(amina, place, f"Titre {n}"), text="Oui.")
    assert cost() == before


# --- Questions that wait -------------------------------------------------------------------------------------------


def ago(made: Contribution, **time: float) -> Contribution:
    at = timezone.now() - timedelta(**time)
    Contribution.objects.filter(pk=made.pk).update(published_at=at)
    return made


def test_a_trade_shows_the_questions_that_nobody_took_up(
    as_: As, amina: Person, bruno: Person, lyon: Community
) -> None:
    ago(say(amina, lyon, "Passivation en gel ?"), hours=3)
    ago(say(amina, lyon, "", "Qui a une buse de 12 ?"), hours=4)
    ago(say(amina, lyon, "Une information"), hours=3)
    ago(say(amina, lyon, "Trop tôt ?"), hours=1)
    answered = ago(say(amina, lyon, "Déjà reprise ?"), hours=5)
    actions.comment(author=bruno, on=answered, text="Oui.")
    ago(say(amina, lyon, "Oubliée ?"), days=120)

    waiting = forum.unanswered(lyon.audience_id, bruno.scope())
    assert [talk.words for talk in waiting] == ["Passivation en gel ?", "Qui a une buse de 12 ?"]
    assert "Sans réponse" in page_of(as_(bruno), lyon)


def test_where_nothing_waits_nothing_is_said(as_: As, amina: Person, lyon: Community) -> None:
    say(amina, lyon, "Argon ?")
    assert "Sans réponse" not in page_of(as_(amina), lyon)


# --- Plans ---------------------------------------------------------------------------------------------------------


@pytest.mark.engine
@pytest.mark.django_db
def test_a_forum_reads_its_index_and_the_threads_alone(amina: Person) -> None:
    if connection.vendor == "postgresql":
        audiences = Audience.objects.bulk_create([Audience(kind="named_set") for _ in range(200)])
        Contribution.objects.bulk_create(
            Contribution(audience=a, author=amina, kind="information", family=1, text="Oui", html="Oui")
            for a in audiences
            for _ in range(20)
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE contributions_contribution")
    audience_id = (Audience.objects.filter(kind="named_set").first() or Audience.objects.create(kind="named_set")).pk
    plan = plan_of(lambda: forum.forum(audience_id, Scope(1, frozenset([audience_id]))))
    assert "contribution_forum" in plan
    assert "contribution_thread" in plan
    assert "SCAN contributions_contribution" not in plan
    assert "Seq Scan on contributions_contribution" not in plan

    plan = plan_of(lambda: forum.unanswered(audience_id, Scope(1, frozenset([audience_id]))))
    # PostgreSQL sorts the few rows of a small place by whichever index is near.
    assert connection.vendor == "postgresql" or "contribution_feed" in plan
    assert "SCAN contributions_contribution" not in plan
    assert "Seq Scan on contributions_contribution" not in plan
