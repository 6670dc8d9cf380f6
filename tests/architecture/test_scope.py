"""On random networks, the pinned SQL returns the rows that `visible_to` returns, in the same order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.contributions import feed_sql, queries
from parvis.contributions.models import Contribution
from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.audiences.scope import InScope
from parvis.kernel.pagination import Cursor
from parvis.people.models import Person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

START = datetime(2026, 1, 1, tzinfo=UTC)

# (is the audience open, who is in it, what stands in it: (minute, is deleted, comments' minutes and deletions))
audience = st.tuples(
    st.booleans(),
    st.sets(st.integers(0, 3), max_size=3),
    st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.lists(st.booleans(), max_size=4)), max_size=5),
)
networks = st.lists(audience, min_size=1, max_size=6)


def build(network: list) -> tuple[list[Person], list[Audience]]:
    people = [
        Person.objects.create(identifier=f"h{n}", name=f"Personne {n}", is_guest=n == 3, activated_at=START)
        for n in range(4)
    ]
    audiences = []
    for is_open, members, publications in network:
        place = Audience.objects.create(kind="named_set", is_open=is_open)
        audiences.append(place)
        for n in members:
            AudienceMember.objects.create(audience=place, person=people[n])
        for minute, is_deleted, comments in publications:
            root = write(place, people[0], minute, is_deleted)
            for is_gone in comments:
                write(place, people[1], minute, is_gone, root=root)
    return people, audiences


def write(place: Audience, author: Person, minute: int, is_deleted: bool, root: Contribution | None = None):
    at = START + timedelta(minutes=minute)
    return Contribution.objects.create(
        audience=place, author=author, kind="comment" if root else "information", family=2 if root else 1,
        root=root, parent=root, text="x", html="<p>x</p>", published_at=at, deleted_at=at if is_deleted else None,
    )  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(network=networks, limit=st.integers(1, 8), minute=st.integers(0, 6), row=st.integers(0, 60))
def test_pinned_sql_and_visible_to_return_the_same_rows(db, network, limit, minute, row):
    with transaction.atomic():
        people, _audiences = build(network)
        every = list(Contribution.objects.order_by("pk").values_list("pk", flat=True))
        all_roots = list(Contribution.objects.publications().values_list("pk", flat=True))
        cursor = Cursor(START + timedelta(minutes=minute), every[row % len(every)] if every else 0)
        for person in people:
            scope = person.scope()
            visible = Contribution.objects.visible_to(scope).publications().newest_first()
            ids = [(c.published_at, c.pk) for c in visible]
            at = (cursor.at, cursor.id)

            older, newer = ([pk for t, pk in ids if (t, pk) < at], [pk for t, pk in ids if (t, pk) > at])
            roots = [pk for _at, pk in ids]
            assert pks(feed_sql.newest(scope, limit=limit)) == with_comments(roots[:limit])
            assert pks(feed_sql.newest(scope, before=cursor, limit=limit)) == with_comments(older[:limit])
            assert pks(feed_sql.newer(scope, than=cursor, limit=limit)) == with_comments(newer[-limit:])
            assert pks(feed_sql.cards(all_roots, scope)) == with_comments(roots)
            everything = set(Contribution.objects.visible_to(scope).values_list("pk", flat=True))
            assert set(pks(feed_sql.lines(every, scope))) == everything
            everybody = [p.pk for p in people]
            shown = dict(Person.objects.visible_to(scope).values_list("pk", "name"))
            assert feed_sql.names(everybody, scope) == {pk: shown[pk] for pk in everybody if pk in shown}
            assert all(card.line.audience_id in scope.audience_ids for card in queries.feed(scope).rows)
        transaction.set_rollback(True)


def pks(rows: list) -> list[int]:
    return [row[0] for row in rows]


def with_comments(roots: list[int]) -> list[int]:
    """Each of them, then its last two comments, oldest first."""
    found = []
    for root in roots:
        here = Contribution.objects.filter(root_id=root, deleted_at__isnull=True).order_by("-pk")
        found += [root, *reversed(here.values_list("pk", flat=True)[:2])]
    return found


def test_a_guest_reads_only_where_they_are_and_never_what_is_open(db):
    with transaction.atomic():
        people, audiences = build([(True, set(), [(0, False, [])]), (False, {3}, [(1, False, [])])])
        guest = people[3]
        assert set(guest.scope().audience_ids) == {audiences[1].pk}
        assert Contribution.objects.filter(InScope("audience_id", guest.scope())).count() == 1
        transaction.set_rollback(True)


def test_a_scope_of_more_audiences_than_one_statement_holds(db):
    """SQLite stops at 500 terms of a UNION: the feed is none."""
    person = Person.objects.create(identifier="wide", name="Large", activated_at=START)
    places = Audience.objects.bulk_create(Audience(kind="named_set", is_open=True) for _ in range(450))
    made = [write(place, person, n % 7, False).pk for n, place in enumerate(places) if n % 50 == 0]

    assert set(pks(feed_sql.newest(person.scope(), limit=20))) == set(made)
    newest = Contribution.objects.newest_first().values_list("pk", flat=True)
    assert pks(feed_sql.newest(person.scope(), limit=3)) == list(newest[:3])
    oldest_first = feed_sql.newer(person.scope(), than=Cursor(START - timedelta(days=1), 0), limit=3)
    assert pks(oldest_first) == list(newest)[-3:]
