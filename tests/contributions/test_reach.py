"""Who had it on their screen: counted honestly, once, and read by nobody."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions import actions, opened
from parvis.contributions.models import Contribution, Reach, Seen
from parvis.kernel.jobs.registry import turns, works
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.conftest import make_person


@pytest.fixture(autouse=True)
def nothing_was_opened():
    opened.taken()


def say(browser, *contributions):
    return browser.post("/vu/", {"ids": ",".join(str(getattr(c, "pk", c)) for c in contributions)})


def readers_of(contribution, count, first=0):
    """That many people of as many units have seen it."""
    people = [
        make_person(f"l{n:03d}", f"Lectrice {n:03d}", unit=f"Unité {n % 4}") for n in range(first, first + count)
    ]
    for person in people:
        actions.note_seen(person=person, ids=[contribution.pk])
    return people


def test_what_stood_on_a_screen_is_noted_once_with_its_day_and_no_hour(as_, bruno, publication):
    browser = as_(bruno)
    assert say(browser, publication).status_code == 204
    assert say(browser, publication, publication).status_code == 204

    seen = Seen.objects.get()
    assert (seen.contribution, seen.person, seen.seen_on) == (publication, bruno, timezone.localdate())


def test_two_tabs_that_tell_the_same_leave_one_row(as_, bruno, publication):
    for _tab in range(2):
        say(as_(bruno), publication)

    assert Seen.objects.count() == 1


def test_what_was_seen_before_costs_no_write(as_, bruno, publication, django_assert_num_queries):
    actions.note_seen(person=bruno, ids=[publication.pk])
    bruno.scope()
    with django_assert_num_queries(1):
        actions.note_seen(person=bruno, ids=[publication.pk])


def test_ones_own_is_not_counted(as_, amina, publication):
    say(as_(amina), publication)

    assert not Seen.objects.exists()


def test_ids_one_may_not_read_are_taken_without_a_word_and_leave_nothing(as_, bruno, secret):
    assert say(as_(bruno), secret, 10**12, 0).status_code == 204
    assert not Seen.objects.exists()


@pytest.mark.parametrize("ids", ["", "abc", "1,,2", "-1", "1e9", "٣", "9" * 40, "1;2", "<script>"])
def test_nonsense_is_taken_without_a_word(as_, bruno, ids):
    assert as_(bruno).post("/vu/", {"ids": ids}).status_code == 204
    assert as_(bruno).post("/vu/").status_code == 204


def test_ten_thousand_ids_are_not_read_beyond_the_first_hundred(as_, amina, bruno, lyon):
    made = [wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n}").pk for n in range(3)]
    ids = [*range(10**6, 10**6 + 10_000), *made]
    assert say(as_(bruno), *ids).status_code == 204
    assert not Seen.objects.exists()


def test_nobody_says_it_for_another(as_, bruno, chloe, publication):
    as_(bruno).post("/vu/", {"ids": str(publication.pk), "person": chloe.pk, "author": chloe.pk})

    assert Seen.objects.get().person == bruno


def test_telling_is_limited(as_, bruno, publication):
    browser = as_(bruno)
    codes = [say(browser, publication).status_code for _ in range(40)]

    assert codes[:30] == [204] * 30
    assert codes[-1] == 429


def test_reading_without_signing_in_is_told_nowhere(client, publication):
    assert say(client, publication).status_code == 302
    assert not Seen.objects.exists()


@pytest.mark.parametrize("origin", [Contribution.Origin.BOT, Contribution.Origin.IMPORT])
def test_what_no_person_wrote_here_is_not_counted(as_, bruno, publication, origin):
    Contribution.objects.filter(pk=publication.pk).update(origin=origin)
    browser = as_(bruno)
    browser.get(f"/c/{publication.pk}/")
    say(browser, publication)

    assert not Seen.objects.exists()


def test_a_secret_community_leaves_no_trace(as_, chloe, cordon, secret):
    """Neither a screen nor an opened page; and what was noted before it became secret goes."""
    actions.note_seen(person=chloe, ids=[secret.pk])
    actions.count_reach()
    assert Reach.objects.count() == Seen.objects.count() == 1
    Community.objects.filter(pk=cordon.pk).update(access="secret")
    actions.count_reach()
    browser = as_(chloe)
    browser.get(f"/c/{secret.pk}/")
    say(browser, secret)

    assert not Seen.objects.exists()
    assert not Reach.objects.exists()


def test_a_comment_is_read_with_its_publication(as_, amina, bruno, publication):
    comment = actions.comment(author=amina, on=publication, text="12")
    say(as_(bruno), comment)

    assert not Seen.objects.exists()


def test_opening_its_page_without_scripts_counts_and_the_reading_itself_writes_nothing(
    as_, amina, bruno, chloe, publication
):
    as_(bruno).get(f"/c/{publication.pk}/")
    as_(amina).get(f"/c/{publication.pk}/")
    as_(chloe).get(f"/c/{publication.pk}/", headers={"Sec-Purpose": "prefetch"})
    assert not Seen.objects.exists()

    say(as_(chloe))
    assert [seen.person for seen in Seen.objects.all()] == [bruno]


def test_a_page_that_was_refused_was_not_opened(as_, bruno, secret):
    as_(bruno).get(f"/c/{secret.pk}/")

    assert opened.taken() == set()


def test_what_is_gone_meanwhile_troubles_nobody(as_, bruno, chloe, publication):
    as_(bruno).get(f"/c/{publication.pk}/")
    Contribution.objects.filter(pk=publication.pk).delete()

    assert say(as_(chloe)).status_code == 204


def test_the_daily_count_says_how_many_and_of_how_many_units(publication):
    """Of units of which three read it: in « Unité 3 » there are only two."""
    readers_of(publication, 11)
    make_person("sans", "Sans Unité")
    actions.note_seen(person=Person.objects.get(identifier="sans"), ids=[publication.pk])
    actions.count_reach()

    reach = Reach.objects.get(contribution=publication)
    assert (reach.readers, reach.units) == (12, 3)


def test_counting_twice_is_counting_once(publication):
    readers_of(publication, 4)
    for _ in range(3):
        actions.count_reach()

    assert Reach.objects.get().readers == 4


def test_ninety_days_later_nobody_knows_who_read_and_the_count_stays(publication):
    readers_of(publication, 12)
    Seen.objects.update(seen_on=timezone.localdate() - timedelta(days=91))
    actions.count_reach()

    assert not Seen.objects.exists()
    assert Reach.objects.get().readers == 12


def test_the_count_never_goes_down_and_goes_on_rising(publication):
    readers_of(publication, 12)
    Seen.objects.update(seen_on=timezone.localdate() - timedelta(days=91))
    actions.count_reach()
    readers_of(publication, 3, first=20)
    actions.count_reach()
    assert Reach.objects.get().readers == 12
    readers_of(publication, 15, first=40)
    actions.count_reach()
    assert Reach.objects.get().readers == 18


def test_a_count_that_was_cut_short_is_finished_by_the_next(publication, amina, lyon, monkeypatch):
    """Killed between two slices: what was not counted is counted, what was is counted to the same number."""
    other = wall.publish(author=amina, audience_id=lyon.audience_id, text="Autre")
    readers_of(publication, 3)
    readers_of(other, 4, first=10)
    Reach.objects.create(contribution=publication, readers=3, units=3, counted_at=timezone.now())
    actions.count_reach()

    counts = dict(Reach.objects.values_list("contribution", "readers"))
    assert counts == {publication.pk: 3, other.pk: 4}


def test_a_clock_that_was_ahead_does_not_stop_the_count(publication):
    readers_of(publication, 2)
    Reach.objects.create(contribution=publication, counted_at=timezone.now() + timedelta(days=400))
    Seen.objects.update(seen_on=timezone.localdate() + timedelta(days=399))
    actions.count_reach()

    assert Reach.objects.get().readers == 2


def test_what_nobody_saw_since_is_not_counted_again(publication):
    readers_of(publication, 2)
    Seen.objects.update(seen_on=timezone.localdate() - timedelta(days=5))
    actions.count_reach()
    Reach.objects.update(readers=1)
    actions.count_reach()

    assert Reach.objects.get().readers == 1


def test_it_is_counted_every_night():
    assert "contributions.count_reach" in turns
    assert "contributions.count_reach" in works


def test_whoever_sees_as_a_guest_reads_in_nobodys_name(as_, chloe, driss, cordon, secret):
    """Neither the guest nor the animator has opened what is looked at in that view."""
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    browser = as_(chloe)
    browser.post(f"/communautes/{cordon.slug}/membres/{driss.pk}/voir-comme/")
    assert browser.get(f"/c/{secret.pk}/").status_code == 200
    assert say(browser, secret).status_code == 403

    assert opened.taken() == set()
    assert not Seen.objects.exists()


def test_one_reader_alone_of_a_unit_changes_nothing_an_author_reads(as_, amina, publication):
    """Told one person of another unit? Whether they read it is not learnt from one day to the next."""

    def says() -> str:
        actions.count_reach()
        page = as_(amina).get("/moi/contributions/").content.decode()
        return " ".join(re.sub(r"<[^>]+>", "", page[page.index("Argon") :]).split())

    readers_of(publication, 13)
    before = says()
    assert "une dizaine de personnes" in before
    assert "4 unités" in before
    for n, unit in enumerate(("Unité seule", "Unité seule")):
        actions.note_seen(person=make_person(f"s{n}", f"Seule {n}", unit=unit), ids=[publication.pk])
        later = says().replace("une quinzaine", "une dizaine")
        assert later == before
    actions.note_seen(person=make_person("s3", "Troisième", unit="Unité seule"), ids=[publication.pk])
    assert "5 unités" in says()


def test_what_becomes_secret_is_in_no_figure_before_any_job(as_, chloe, amina, cordon, secret):
    Reach.objects.create(contribution=secret, readers=63, units=4)
    assert "soixantaine" in as_(amina).get("/moi/contributions/").content.decode()
    Community.objects.filter(pk=cordon.pk).update(access="secret")
    assert "soixantaine" not in as_(amina).get("/moi/contributions/").content.decode()
