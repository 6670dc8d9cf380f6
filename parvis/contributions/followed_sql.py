"""Pinned: the feed of somebody who follows people or topics, or does not read everybody. It gives ids; their cards are
`feed_sql.cards`. tests/contributions/test_plans.py explains it on both engines; tests/home/test_feed_of_followed.py
proves it against a plain filter.

Three sources, each a merge of parts that are in order by an index of their own: audiences (contribution_feed), people
(contribution_author), topics (topic_use_newest). As in `feed_sql`, SQLite takes the newest of each part, then again
and again the next of the one it took from; PostgreSQL looks first which parts have something among the newest. A
publication of two sources is one row of their UNION; of two topics, it counts for the first of them.
"""

from datetime import UTC, datetime
from typing import Any

from parvis.kernel.audiences.scope import Scope, ids_parameter
from parvis.kernel.database.reading import is_postgresql, rows, time_parameter
from parvis.kernel.pagination import Cursor

_FAR = Cursor(datetime(9999, 1, 1, tzinfo=UTC), 0)
# IS TRUE: else PostgreSQL joins, loses the order of the index and reads all that somebody ever published.
_READABLE = "(c.audience_id IN (SELECT id FROM readable)) IS TRUE"
_READ = "c.author_id NOT IN (SELECT id FROM unread)"
_HERE = "c.family = 1 AND c.deleted_at IS NULL"

# source: (what its parts are rows of, the condition that makes one part, what orders it)
_SOURCES = {
    "audiences": (
        "contributions_contribution c",
        f"c.audience_id = {{key}} AND {_HERE} AND {_READ}",
        ("c.published_at", "c.id"),
    ),
    "people": (
        "contributions_contribution c",
        f"c.author_id = {{key}} AND {_HERE} AND {_READABLE} AND {_READ}",
        ("c.published_at", "c.id"),
    ),
    "topics": (
        "contributions_topicuse u CROSS JOIN contributions_contribution c",
        "c.id = u.contribution_id AND u.topic_id = {key} AND u.published_at IS NOT NULL AND "  # noqa: S608
        f"{_HERE} AND {_READABLE} AND {_READ} AND NOT EXISTS (SELECT 1 FROM contributions_topicuse o "
        "WHERE o.contribution_id = u.contribution_id AND o.topic_id < u.topic_id "
        "AND o.topic_id IN (SELECT id FROM topics))",
        ("u.published_at", "u.contribution_id"),
    ),
}
_NAMES = ("readable", "unread", *_SOURCES)


def _one(source: str, columns: str, key: str, sign: str, way: str, at: str, pk: str, limit: str) -> str:
    """The next rows of one part, after a place."""
    table, part, (time, row) = _SOURCES[source]
    shown = columns.format(at=time, id=row)
    return (
        f"SELECT {shown} FROM {table} WHERE {part.format(key=key)} AND ({time}, {row}) {sign} ({at}, {pk}) "  # noqa: S608
        f"ORDER BY {time} {way}, {row} {way} LIMIT {limit}"
    )


def _sqlite(sign: str, way: str) -> str:
    sets = ", ".join(f"{name}(id) AS MATERIALIZED (SELECT value FROM json_each(%s))" for name in _NAMES)  # noqa: S608
    walks, ends = [], []
    for source in _SOURCES:
        first = _one(source, "{id}", "s.id", sign, way, "p.at", "p.id", "1")
        after = _one(source, "{id}", "w.key", sign, way, "w.at", "w.id", "1")
        walks.append(
            f"w_{source}(key, at, id) AS (SELECT s.id, n.published_at, n.id FROM place p CROSS JOIN {source} s "  # noqa: S608
            f"CROSS JOIN contributions_contribution n ON n.id = ({first}) UNION ALL "
            f"SELECT w.key, n.published_at, n.id FROM w_{source} w CROSS JOIN contributions_contribution n "
            f"ON n.id = ({after}) ORDER BY 2 {way}, 3 {way} LIMIT %s)"
        )
        ends.append(f"SELECT at, id FROM w_{source}")  # noqa: S608
    return (
        f"WITH RECURSIVE {sets}, place(at, id) AS MATERIALIZED (SELECT %s, %s), {', '.join(walks)} "  # noqa: S608
        f"SELECT id FROM ({' UNION '.join(ends)}) ORDER BY at {way}, id {way} LIMIT %s"
    )


def _postgresql(sign: str, way: str) -> str:
    sets = ", ".join(f"{name}(id) AS MATERIALIZED (SELECT unnest(%s::bigint[]))" for name in _NAMES)
    walks, ends = [], []
    for source in _SOURCES:
        first = _one(source, "{at} AS at", "s.id", sign, way, "p.at", "p.id", "1")
        some = _one(source, "{at} AS at, {id} AS id", "h.key", sign, way, "p.at", "p.id", "%s")
        walks.append(
            f"h_{source} AS MATERIALIZED (SELECT s.id AS key, n.at FROM {source} s CROSS JOIN place p "  # noqa: S608
            f"CROSS JOIN LATERAL ({first}) n ORDER BY n.at {way} FETCH FIRST %s ROWS WITH TIES), "
            f"w_{source} AS MATERIALIZED (SELECT n.at, n.id FROM h_{source} h CROSS JOIN place p "
            f"CROSS JOIN LATERAL ({some}) n ORDER BY n.at {way}, n.id {way} LIMIT %s)"
        )
        ends.append(f"SELECT at, id FROM w_{source}")  # noqa: S608
    return (
        f"WITH {sets}, place(at, id) AS MATERIALIZED (SELECT %s::timestamptz, %s::bigint), {', '.join(walks)} "  # noqa: S608
        f"SELECT id FROM ({' UNION '.join(ends)}) f ORDER BY at {way}, id {way} LIMIT %s"
    )


_SQLITE = {sign: _sqlite(sign, way) for sign, way in (("<", "DESC"), (">", "ASC"))}
_POSTGRESQL = {sign: _postgresql(sign, way) for sign, way in (("<", "DESC"), (">", "ASC"))}


def newest(scope: Scope, readable: Scope, ties: Any, *, before: Cursor | None = None, limit: int = 20) -> list[int]:
    """The newest ids: `scope` is what one belongs to and follows, `readable` all that one may read, `ties` says whom
    and what one follows (`people`, `topics`) and whom one does not read (`unread`). One query at any depth."""
    return _ids(scope, readable, ties, before or _FAR, "<", limit)


def newer(scope: Scope, readable: Scope, ties: Any, *, than: Cursor, limit: int = 20) -> list[int]:
    """The ids that came after a cursor (the oldest `limit` of them), newest first."""
    return _ids(scope, readable, ties, than, ">", limit)[::-1]


def _ids(scope: Scope, readable: Scope, ties: Any, cursor: Cursor, sign: str, limit: int) -> list[int]:
    sets = (readable.audience_ids, ties.unread, scope.audience_ids, ties.people, ties.topics)
    given: list[Any] = [*map(ids_parameter, sets), time_parameter(cursor.at), cursor.id]
    if is_postgresql():
        statement, limits = _POSTGRESQL[sign], [limit] * (3 * len(_SOURCES))
    else:
        statement, limits = _SQLITE[sign], [limit] * len(_SOURCES)
    return [pk for (pk,) in rows(statement, [*given, *limits, limit])]
