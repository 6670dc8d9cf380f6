"""The hot reads use the indexes made for them, on both engines: no scan of the table, no sort of more than a page."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from parvis.contributions import feed_sql, followed_sql, queries, suggestions
from parvis.contributions.followed import Ties
from parvis.contributions.models import Contribution, Topic, TopicUse
from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.pagination import Cursor
from parvis.people.models import Person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def rows_to_choose_by(amina: Person) -> None:
    """PostgreSQL finds all indexes of an empty table equally good."""
    if connection.vendor != "postgresql":
        return
    audiences = Audience.objects.bulk_create([Audience(kind="named_set") for _ in range(200)])
    Contribution.objects.bulk_create(
        Contribution(audience=audience, author=amina, kind="information", family=1, text="Bonjour", html="Bonjour")
        for audience in audiences
        for _ in range(20)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contributions_contribution")


def plan_of(read) -> str:
    """The plans of the statements that `read` executes, as the engine words them."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        read()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # an empty table would be scanned for want of anything to skip
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        lines = []
        for sql, params in statements:
            cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{sql}", params)
            lines += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(lines)


def test_the_feed_reads_the_feed_index_of_each_audience():
    ids = [Audience.objects.create(kind="named_set").pk for _ in range(3)]
    plan = plan_of(lambda: feed_sql.newest(Scope(1, frozenset(ids))))

    assert "contribution_feed" in plan
    assert "contribution_thread" in plan  # its last comments
    assert "SCAN contributions_contribution" not in plan
    assert "Seq Scan on contributions_contribution" not in plan


def test_what_is_newer_reads_the_same_index():
    cursor = Cursor(datetime(2026, 1, 1, tzinfo=UTC), 1)
    audience_id = Audience.objects.create(kind="named_set").pk
    plan = plan_of(lambda: feed_sql.newer(Scope(1, frozenset([audience_id])), than=cursor))

    assert "contribution_feed" in plan


def test_the_last_comments_of_chosen_cards_read_the_thread_index():
    plan = plan_of(lambda: feed_sql.cards([1, 2, 3], Scope(1, frozenset([1]))))

    assert "contribution_thread" in plan
    assert "SCAN contributions_contribution" not in plan


def publish_by_many_about_many() -> None:
    """So that an author and a topic are worth an index, in the eyes of PostgreSQL."""
    if connection.vendor != "postgresql":
        return
    people = Person.objects.bulk_create(Person(identifier=f"a{n}", name=f"A{n}", sort_key=f"a{n}") for n in range(100))
    topics = Topic.objects.bulk_create(Topic(key=f"t{n}", name=f"t{n}") for n in range(100))
    made = list(Contribution.objects.order_by("pk"))
    for n, one in enumerate(made):
        one.author = people[n % 100]
    Contribution.objects.bulk_update(made, ["author"], batch_size=1000)
    TopicUse.objects.bulk_create(
        TopicUse(topic=topics[n % 97], contribution=one, spelling="x", published_at=one.published_at)
        for n, one in enumerate(made)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contributions_contribution; ANALYZE contributions_topicuse")


@pytest.mark.parametrize("way", ["newest", "newer"])
def test_the_feed_of_whoever_follows_reads_an_index_for_each_source(way):
    publish_by_many_about_many()
    ids = frozenset(Audience.objects.create(kind="named_set").pk for _ in range(3))
    ties = Ties(frozenset({1, 2}), frozenset({1, 2}), frozenset({3}), frozenset({4}))
    scope = Scope(1, ids)
    more = {} if way == "newest" else {"than": Cursor(datetime(2026, 1, 1, tzinfo=UTC), 1)}
    plan = plan_of(lambda: getattr(followed_sql, way)(scope, scope, ties, **more))

    assert "contribution_feed" in plan
    if connection.vendor == "sqlite":  # PostgreSQL chooses by how many each has written: here, next to nothing
        assert "contribution_author" in plan
        assert "topic_use_newest" in plan
    for table in ("contributions_contribution", "contributions_topicuse", "c", "u", "n"):
        assert f"SCAN {table}\n" not in f"{plan}\n"
    assert "Seq Scan on contributions" not in plan


@pytest.mark.parametrize("before", [None, Cursor(datetime(2026, 1, 1, tzinfo=UTC), 1)])
def test_the_page_of_a_topic_goes_along_its_newest_uses(before):
    publish_by_many_about_many()
    topic = Topic.objects.create(key="soudure", name="soudure")
    plan = plan_of(lambda: queries.of_topic(topic.pk, Scope(1, frozenset([1])), before=before))

    assert "topic_use_newest" in plan
    of_cards = plan_of(lambda: queries.cards([], Scope(1, frozenset([1]))))
    assert plan.count("TEMP B-TREE") == of_cards.count("TEMP B-TREE")
    assert "Seq Scan on contributions" not in plan


def test_what_followed_people_wrote_is_filtered_in_the_order_of_the_index_never_joined():
    publish_by_many_about_many()
    ids = frozenset(Audience.objects.create(kind="named_set").pk for _ in range(3))
    ties = Ties(frozenset(), frozenset({1, 2}), frozenset({3}), frozenset({4}))
    plan = plan_of(lambda: followed_sql.newest(Scope(1, ids), Scope(1, ids), ties))

    assert "Hash Semi Join" not in plan
    if connection.vendor == "postgresql":
        assert "IS TRUE" in plan


def test_no_statement_of_a_page_is_compiled():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)


def test_a_thread_reads_the_thread_index():
    assert "contribution_thread" in plan_of(lambda: feed_sql.thread(1))


def test_a_topic_is_proposed_after_a_look_at_its_own_uses_alone():
    plan = plan_of(lambda: suggestions.topics("sou", scope=Scope(1, frozenset([1]))))

    assert "SCAN U0" not in plan  # its uses
    assert "SCAN U1" not in plan  # what uses it
    assert "Seq Scan on contributions_contribution" not in plan
