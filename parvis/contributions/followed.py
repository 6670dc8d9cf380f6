"""Whom and what somebody follows, and whom they do not read: read with the session, so that no page asks for it.

Most follow nobody and read everybody: their feed is the pinned SQL of `feed_sql`, to the letter. For the others the
publications of the people and topics they follow are merged into it (`followed_sql`), within what they may read.
"""

import json
from typing import NamedTuple

from parvis.contributions import followed_sql, queries
from parvis.contributions.lines import Card
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.database.reading import is_postgresql, rows
from parvis.kernel.pagination import Cursor, Page
from parvis.people.models import Person


class Ties(NamedTuple):
    people: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    muted: frozenset[int] = frozenset()
    blocked: frozenset[int] = frozenset()

    @property
    def unread(self) -> frozenset[int]:
        return self.muted | self.blocked


NONE = Ties()
_PEOPLE, _TOPICS, _MUTED, _BLOCKED = range(1, 5)


def ties_column(person_id: str) -> str:
    """SQL of one column: one's ties as a list of pairs (which, whom), nothing for most. Takes the SQL of its value.
    Following somebody who blocked one rests meanwhile, and nothing says so."""
    joined = "string_agg(CAST({0} AS text), ',')" if is_postgresql() else "group_concat({0})"
    pair = "'[' || kind || ',' || id || ']'"
    return (
        f"(SELECT {joined.format(pair)} FROM ("  # noqa: S608
        f"SELECT {_PEOPLE} AS kind, f.followed_id AS id FROM people_personfollow f WHERE f.person_id = {person_id} "
        "AND NOT EXISTS (SELECT 1 FROM people_block b WHERE b.blocked_id = f.person_id "
        "AND b.person_id = f.followed_id) UNION ALL "
        f"SELECT {_TOPICS}, topic_id FROM contributions_topicfollow WHERE person_id = {person_id} UNION ALL "
        f"SELECT {_MUTED}, muted_id FROM people_mute WHERE person_id = {person_id} UNION ALL "
        f"SELECT {_BLOCKED}, blocked_id FROM people_block WHERE person_id = {person_id}) ties)"
    )


def ties_of(person: Person) -> Ties:
    """Read with the session, else one query; remembered on the person. `Person.forget_scope` forgets them. Whoever
    looks through another's eyes learns nothing of these."""
    if person.is_seen_by_another:
        return NONE
    found: Ties | None = getattr(person, "_ties", None)
    if found is None:
        kept = vars(person)
        if "_ties_said" in kept:
            said = kept["_ties_said"]
        else:
            [(said,)] = rows(f"SELECT {ties_column('%s')}", [person.pk] * 4)
        found = _ties(said) if said else NONE
        person._ties = found  # type: ignore[attr-defined]
    return found


def _ties(said: str) -> Ties:
    pairs = json.loads(f"[{said}]")
    return Ties(*(frozenset(of for kind, of in pairs if kind == asked) for asked in range(1, 5)))


def feed(person: Person, scope: Scope, *, before: Cursor | None = None) -> Page[Card]:
    """A page of the feed: what stands in `scope` (what one belongs to and follows), what those publish whom one
    follows and what uses the topics one follows, within all that one may read; never those one does not read."""
    ties = ties_of(person)
    if ties == NONE:
        return queries.feed(scope, before=before, whole=person.scope())
    found = followed_sql.newest(scope, person.scope(), ties, before=before, limit=queries.PAGE + 1)
    cards = queries.cards(found[: queries.PAGE], person.scope())
    return Page(cards, cards[-1].cursor if len(found) > queries.PAGE and cards else None)


def news(person: Person, scope: Scope, *, since: Cursor) -> Page[Card]:
    """The cards of `feed` that came after a cursor, newest first; `next_cursor` when there are more than a page."""
    ties = ties_of(person)
    if ties == NONE:
        return queries.news(scope, since=since, whole=person.scope())
    found = followed_sql.newer(scope, person.scope(), ties, than=since, limit=queries.PAGE + 1)
    cards = queries.cards(found[-queries.PAGE :], person.scope())
    return Page(cards, cards[0].cursor if len(found) > queries.PAGE and cards else None)
