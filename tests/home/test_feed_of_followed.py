"""The feed shows what one follows: people and topics, within what one may read, merged with one's places; and never
those one does not read. On random networks it is the plain filter of everything visible."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.communities import actions as communities
from parvis.contributions import actions as contributions
from parvis.contributions import feed_sql, followed, followed_sql
from parvis.contributions.models import Contribution, Topic, TopicFollow, TopicUse
from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.pagination import Cursor
from parvis.people import actions as people
from parvis.people.models import Block, Mute, Person, PersonFollow
from parvis.wall import actions as wall

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def feed(browser, query=""):
    return browser.get(f"/?vue=fil{query}").content.decode()


def test_what_somebody_one_follows_publishes_is_in_the_feed(as_, amina, bruno, publication):
    assert "Quel débit" not in feed(as_(bruno))
    as_(bruno).post(f"/personnes/{amina.pk}/suivre/", {"on": "1"})
    assert "Quel débit" in feed(as_(bruno))
    as_(bruno).post(f"/personnes/{amina.pk}/suivre/", {"on": "0"})
    assert "Quel débit" not in feed(as_(bruno))


def test_what_uses_a_topic_one_follows_is_in_the_feed(as_, amina, bruno, lyon):
    wall.publish(author=amina, audience_id=lyon.audience_id, text="Le joint #cuve fuit")
    as_(bruno).post("/sujets/cuve/suivre/", {"on": "1"})
    assert "Le joint" in feed(as_(bruno))
    as_(bruno).post("/sujets/cuve/suivre/", {"on": "0"})
    assert "Le joint" not in feed(as_(bruno))


def test_following_opens_nothing(as_, amina, bruno, secret):
    """What she publishes in a private community stays there."""
    contributions.edit(by=amina, contribution=secret, title="", text="Entre nous #cuve", based_on=0)
    people.follow_person(person=bruno, followed=amina)
    as_(bruno).post("/sujets/cuve/suivre/", {"on": "1"})
    assert "Entre nous" not in feed(as_(bruno))


def test_a_publication_of_a_place_a_person_and_two_topics_is_shown_once(as_, amina, bruno, lyon):
    wall.publish(author=amina, audience_id=lyon.audience_id, text="mot-unique #cuve #argon")
    communities.follow(person=bruno, community=lyon)
    people.follow_person(person=bruno, followed=amina)
    for topic in ("cuve", "argon"):
        as_(bruno).post(f"/sujets/{topic}/suivre/", {"on": "1"})
    assert feed(as_(bruno)).count("mot-unique") == 1


def test_those_one_does_not_read_leave_the_feed_and_come_back_at_once(as_, amina, bruno, lyon, publication):
    communities.follow(person=bruno, community=lyon)
    as_(bruno).post(f"/personnes/{amina.pk}/ne-plus-lire/", {"on": "1"})
    assert "Quel débit" not in feed(as_(bruno))
    as_(bruno).post(f"/personnes/{amina.pk}/ne-plus-lire/?on=0")
    assert "Quel débit" in feed(as_(bruno))


def test_muting_wins_over_following(as_, amina, bruno, publication):
    people.follow_person(person=bruno, followed=amina)
    people.mute(person=bruno, muted=amina)
    assert "Quel débit" not in feed(as_(bruno))


def test_whoever_was_blocked_no_longer_reads_them_by_following(as_, amina, bruno, publication):
    people.follow_person(person=bruno, followed=amina)
    people.block(person=amina, blocked=bruno)
    assert "Quel débit" not in feed(as_(bruno))
    people.unblock(person=amina, blocked=bruno)
    assert "Quel débit" in feed(as_(bruno))


def test_the_next_page_goes_on_where_the_first_ends(as_, amina, bruno, lyon):
    for n in range(25):
        wall.publish(author=amina, audience_id=lyon.audience_id, text=f"mot-{n:02d}")
    people.follow_person(person=bruno, followed=amina)
    first = feed(as_(bruno))
    second = feed(as_(bruno), f"&avant={first.split('?avant=')[1].split(chr(34))[0]}")
    shown = [first.count(f"mot-{n:02d}") + second.count(f"mot-{n:02d}") for n in range(25)]
    assert shown == [1] * 25


def test_the_pill_asks_whether_a_publication_elsewhere_is_for_this_feed(as_, amina, bruno, lyon, publication):
    page = feed(as_(bruno))
    assert "data-asks" not in page
    people.follow_person(person=bruno, followed=amina)
    page = feed(as_(bruno))
    assert "data-asks" in page
    assert f"a:{lyon.audience_id}" in page
    since = page.split('data-since="')[1].split('"')[0]
    wall.publish(author=amina, audience_id=lyon.audience_id, text="mot-neuf")
    assert "mot-neuf" in as_(bruno).get(f"/fil/nouveautes/?since={since}").content.decode()


def test_who_follows_nobody_asks_what_they_asked_before(as_, amina, lyon, publication):
    """To the letter: the pinned SQL of the feed, and the names."""
    browser = as_(amina)
    feed(browser)
    with CaptureQueriesContext(connection) as queries:
        feed(browser)
    asked = [query["sql"] for query in queries]
    assert not [sql for sql in asked if "w_people" in sql]
    assert sum("contributions_contribution" in sql and "communities_community k" in sql for sql in asked) == 1


def test_who_follows_asks_one_question_more_and_no_more_for_many(as_, amina, bruno, lyon, publication):
    browser = as_(bruno)
    feed(browser)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            feed(browser)
        return len(queries)

    nothing = cost()
    people.follow_person(person=bruno, followed=amina)
    one = cost()
    for n in range(30):
        wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n} #s{n}")
        TopicFollow.objects.create(person=bruno, topic=Topic.objects.get(key=f"s{n}"))
    assert cost() == one
    assert one <= nothing + 2


START = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE, TOPICS = 5, 3
few = st.sets(st.integers(0, PEOPLE - 1), max_size=3)
# (author, minute, is deleted, its topics, a comment's topics)
said = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.integers(0, 5),
    st.booleans(),
    st.sets(st.integers(0, TOPICS - 1), max_size=3),
    st.sets(st.integers(0, TOPICS - 1), max_size=1),
)
places = st.lists(st.tuples(st.booleans(), few, st.lists(said, max_size=5)), min_size=1, max_size=5)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    network=places,
    follows=few,
    topics=st.sets(st.integers(0, TOPICS - 1), max_size=3),
    mutes=few,
    blocks=few,
    blocked_by=few,
    own=st.sets(st.integers(0, 4), max_size=3),
    reader_is_guest=st.booleans(),
    limit=st.integers(1, 6),
    minute=st.integers(0, 6),
    row=st.integers(0, 40),
)
def test_the_feed_is_the_plain_filter_of_everything_visible(
    db, network, follows, topics, mutes, blocks, blocked_by, own, reader_is_guest, limit, minute, row
):
    with transaction.atomic():
        everybody = [
            Person.objects.create(
                identifier=f"h{n}", name=f"P{n}", activated_at=START, is_guest=n == 0 and reader_is_guest
            )
            for n in range(PEOPLE)
        ]
        reader = everybody[0]
        words = [Topic.objects.create(key=f"t{n}", name=f"t{n}") for n in range(TOPICS)]
        audiences = [build(everybody, words, *place) for place in network]
        for n in follows - {0}:
            PersonFollow.objects.create(person=reader, followed=everybody[n])
        for n in topics:
            TopicFollow.objects.create(person=reader, topic=words[n])
        for n in mutes - {0}:
            Mute.objects.create(person=reader, muted=everybody[n])
        for n in blocks - {0}:
            Block.objects.create(person=reader, blocked=everybody[n])
        for n in blocked_by - {0}:
            Block.objects.create(person=everybody[n], blocked=reader)

        readable = reader.scope()
        mine = readable.only({audiences[n].pk for n in own if n < len(audiences)})
        used = {
            (use.topic.key, use.contribution_id) for use in TopicUse.objects.select_related("topic").order_by("pk")
        }
        expected = [
            (c.published_at, c.pk)
            for c in Contribution.objects.visible_to(readable).publications().newest_first()
            if not any(c.author_id == everybody[n].pk for n in (mutes | blocks) - {0})
            and (
                c.audience_id in mine.audience_ids
                or any(c.author_id == everybody[n].pk for n in follows - blocked_by - {0})
                or any((f"t{n}", c.pk) in used for n in topics)
            )
        ]
        every = list(Contribution.objects.order_by("pk").values_list("pk", flat=True))
        at = Cursor(START + timedelta(minutes=minute), every[row % len(every)] if every else 0)
        older = [pk for time, pk in expected if (time, pk) < (at.at, at.id)]
        newer = [pk for time, pk in expected if (time, pk) > (at.at, at.id)]

        ties = followed.ties_of(reader)
        assert followed_sql.newest(mine, readable, ties, limit=limit) == [pk for _at, pk in expected][:limit]
        assert followed_sql.newest(mine, readable, ties, before=at, limit=limit) == older[:limit]
        assert followed_sql.newer(mine, readable, ties, than=at, limit=limit) == newer[-limit:]
        assert [card.cursor.id for card in followed.feed(reader, mine).rows] == [pk for _at, pk in expected][:20]
        if ties == followed.NONE:
            plain = [r[0] for r in feed_sql.newest(mine, limit=limit) if r[12] is None]
            assert plain == [pk for _at, pk in expected][:limit]
        transaction.set_rollback(True)


def build(people, words, is_open, members, publications) -> Audience:
    place = Audience.objects.create(kind="named_set", is_open=is_open)
    for n in members:
        AudienceMember.objects.create(audience=place, person=people[n])
    for author, minute, is_deleted, topics, comment_topics in publications:
        root = write(place, people[author], minute, is_deleted)
        for n in topics:
            TopicUse.objects.create(topic=words[n], contribution=root, spelling="x", published_at=root.published_at)
        if comment_topics:
            comment = write(place, people[0], minute, False, root=root)
            for n in comment_topics:
                TopicUse.objects.create(topic=words[n], contribution=comment, spelling="x")
    return place


def write(place, author, minute, is_deleted, root=None) -> Contribution:
    at = START + timedelta(minutes=minute)
    return Contribution.objects.create(
        audience=place, author=author, kind="comment" if root else "information", family=2 if root else 1,
        root=root, parent=root, text="x", html="<p>x</p>", published_at=at, deleted_at=at if is_deleted else None,
    )  # fmt: skip


def test_a_use_in_a_comment_brings_no_publication(as_, amina, bruno, publication):
    contributions.comment(author=amina, on=publication, text="Voir #cuve")
    as_(bruno).post("/sujets/cuve/suivre/", {"on": "1"})
    assert "Quel débit" not in feed(as_(bruno))


def test_two_hundred_people_and_fifty_topics(db):
    reader = Person.objects.create(identifier="large", name="Large", activated_at=START)
    authors = [Person.objects.create(identifier=f"a{n}", name=f"A{n}", activated_at=START) for n in range(200)]
    place = Audience.objects.create(kind="named_set", is_open=True)
    made = [write(place, author, n % 7, False).pk for n, author in enumerate(authors)]
    words = [Topic.objects.create(key=f"t{n}", name=f"t{n}") for n in range(50)]
    for pk in made[:10]:
        for word in words:
            at = Contribution.objects.get(pk=pk).published_at
            TopicUse.objects.create(topic=word, contribution_id=pk, spelling="x", published_at=at)
    PersonFollow.objects.bulk_create(PersonFollow(person=reader, followed=author) for author in authors)
    TopicFollow.objects.bulk_create(TopicFollow(person=reader, topic=word) for word in words)

    newest = list(Contribution.objects.newest_first().values_list("pk", flat=True))
    nothing = Scope(reader.pk, frozenset())
    assert followed_sql.newest(nothing, reader.scope(), followed.ties_of(reader), limit=21) == newest[:21]
