"""The two hot reads, pinned: the feed and the last comments of each card. tests/contributions/test_plans.py explains
them on both engines; tests/architecture/test_scope.py proves that they return what `visible_to` returns.

`family` stands as a literal so that the partial indexes serve. SQLite gets one limited sub-select an audience, joined
by UNION ALL (at most 500 terms, hence the chunks); PostgreSQL unnests the same ids LATERAL.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from parvis.kernel.audiences.scope import Scope, ids_parameter, one_of
from parvis.kernel.pagination import Cursor

_FAR = datetime(9999, 1, 1, tzinfo=UTC)
_TERMS = 400

COLUMNS = (
    "c.id, c.kind, c.title, c.html, c.published_at, c.edited_at, c.version, c.comment_count, c.reaction_tally, "
    "c.recent_reactors, c.audience_id, c.author_id, c.root_id, c.parent_id, p.name, p.photo_id, p.title"
)

_NEWEST_OF_ONE = (
    "SELECT * FROM (SELECT published_at, id FROM contributions_contribution "
    "WHERE audience_id = %s AND family = 1 AND deleted_at IS NULL AND (published_at, id) {sign} (%s, %s) "
    "ORDER BY published_at {way}, id {way} LIMIT %s)"
)
_FEED_SQLITE = (
    "SELECT {columns} FROM (SELECT * FROM ({union}) ORDER BY published_at {way}, id {way} LIMIT %s) f "
    "JOIN contributions_contribution c ON c.id = f.id JOIN people_person p ON p.id = c.author_id "
    "ORDER BY c.published_at DESC, c.id DESC"
)
_FEED_POSTGRESQL = (
    "SELECT {columns} FROM (SELECT n.published_at, n.id FROM unnest(%s::bigint[]) AS a(id) CROSS JOIN LATERAL "
    "(SELECT published_at, id FROM contributions_contribution WHERE audience_id = a.id AND family = 1 "
    "AND deleted_at IS NULL AND (published_at, id) {sign} (%s, %s) "
    "ORDER BY published_at {way}, id {way} LIMIT %s) n ORDER BY n.published_at {way}, n.id {way} LIMIT %s) f "
    "JOIN contributions_contribution c ON c.id = f.id JOIN people_person p ON p.id = c.author_id "
    "ORDER BY c.published_at DESC, c.id DESC"
)
_LAST_COMMENTS_SQLITE = (
    "SELECT {columns} FROM json_each(%s) r JOIN contributions_contribution c ON c.id IN "
    "(SELECT id FROM contributions_contribution WHERE root_id = r.value AND deleted_at IS NULL "
    "ORDER BY id DESC LIMIT 2) JOIN people_person p ON p.id = c.author_id ORDER BY c.id"
)
_LAST_COMMENTS_POSTGRESQL = (
    "SELECT {columns} FROM unnest(%s::bigint[]) AS r(id) CROSS JOIN LATERAL "
    "(SELECT * FROM contributions_contribution WHERE root_id = r.id AND deleted_at IS NULL "
    "ORDER BY id DESC LIMIT 2) c JOIN people_person p ON p.id = c.author_id ORDER BY c.id"
)

Row = tuple[Any, ...]


def newest(scope: Scope, *, before: Cursor | None = None, limit: int = 20) -> list[Row]:
    """The newest publications of the scope's audiences, as COLUMNS. One query at any depth."""
    return _page(scope, before or Cursor(_FAR, 0), "<", "DESC", limit)


def newer(scope: Scope, *, than: Cursor, limit: int = 20) -> list[Row]:
    """The publications that came after a cursor, newest first (the oldest `limit` of them)."""
    return _page(scope, than, ">", "ASC", limit)


def _page(scope: Scope, cursor: Cursor, sign: str, way: str, limit: int) -> list[Row]:
    ids = sorted(scope.audience_ids)
    if not ids:
        return []
    with connection.cursor() as sql:
        if connection.vendor == "postgresql":
            statement = _FEED_POSTGRESQL.format(columns=COLUMNS, sign=sign, way=way)
            sql.execute(statement, [ids, cursor.at, cursor.id, limit, limit])
            return list(sql.fetchall())
        at, one = _sqlite_time(cursor.at), _NEWEST_OF_ONE.format(sign=sign, way=way)
        rows: list[Row] = []
        for start in range(0, len(ids), _TERMS):
            chunk = ids[start : start + _TERMS]
            union = " UNION ALL ".join([one] * len(chunk))
            parameters = [value for audience_id in chunk for value in (audience_id, at, cursor.id, limit)]
            sql.execute(_FEED_SQLITE.format(columns=COLUMNS, union=union, way=way), [*parameters, limit])
            rows += sql.fetchall()
        if len(ids) > _TERMS:
            rows = sorted(rows, key=lambda row: (row[4], row[0]), reverse=sign == "<")[:limit]
            rows.sort(key=lambda row: (row[4], row[0]), reverse=True)
        return rows


def last_comments(root_ids: list[int]) -> list[Row]:
    """The last two comments of each publication, oldest first, as COLUMNS. The roots have passed `visible_to`."""
    with connection.cursor() as sql:
        if connection.vendor == "postgresql":
            sql.execute(_LAST_COMMENTS_POSTGRESQL.format(columns=COLUMNS), [root_ids])
        else:
            sql.execute(_LAST_COMMENTS_SQLITE.format(columns=COLUMNS), [_json(root_ids)])
        return list(sql.fetchall())


def by_id(ids: list[int], scope: Scope) -> list[Row]:
    """These contributions, as far as the scope covers them, newest first."""
    with connection.cursor() as sql:
        tail = "JOIN people_person p ON p.id = c.author_id WHERE c.deleted_at IS NULL AND c.audience_id "
        if connection.vendor == "postgresql":
            sql.execute(
                f"SELECT {COLUMNS} FROM unnest(%s::bigint[]) AS i(id) JOIN contributions_contribution c "  # noqa: S608
                f"ON c.id = i.id {tail} = ANY(%s::bigint[]) ORDER BY c.published_at DESC, c.id DESC",
                [ids, sorted(scope.audience_ids)],
            )
        else:
            sql.execute(
                f"SELECT {COLUMNS} FROM json_each(%s) i JOIN contributions_contribution c ON c.id = i.value "  # noqa: S608
                f"{tail} IN (SELECT value FROM json_each(%s)) ORDER BY c.published_at DESC, c.id DESC",
                [_json(ids), _json(sorted(scope.audience_ids))],
            )
        return list(sql.fetchall())


def own_reactions(ids: Collection[int], person_id: int | None) -> dict[int, str]:
    """What this reader said to each of these contributions, if anything."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT contribution_id, kind FROM contributions_reaction "  # noqa: S608
            f"WHERE person_id = %s AND contribution_id {one_of()}",
            [person_id, ids_parameter(ids)],
        )
        return dict(sql.fetchall())


def names(ids: Collection[int], scope: Scope) -> dict[int, str]:
    """The names of those of these people whom `Person.visible_to(scope)` shows."""
    with connection.cursor() as sql:
        statement = f"SELECT p.id, p.name FROM people_person p WHERE p.activated_at IS NOT NULL AND p.id {one_of()}"  # noqa: S608
        parameters = [ids_parameter(ids)]
        if scope.is_guest:
            statement += (
                " AND (p.id = %s OR p.id IN (SELECT m.person_id FROM audiences_audiencemember m "  # noqa: S608
                f"WHERE m.audience_id {one_of()}))"
            )
            parameters += [scope.person_id, ids_parameter(scope.audience_ids)]
        sql.execute(statement, parameters)
        return dict(sql.fetchall())


def thread(root_id: int, *, after_id: int = 0, limit: int = 51) -> list[Row]:
    """The comments of a publication in the order they came, from one id on. The root has passed `visible_to`."""
    with connection.cursor() as sql:
        sql.execute(
            f"SELECT {COLUMNS}, c.deleted_at IS NOT NULL FROM contributions_contribution c "  # noqa: S608
            "JOIN people_person p ON p.id = c.author_id WHERE c.root_id = %s AND c.id > %s ORDER BY c.id LIMIT %s",
            [root_id, after_id, limit],
        )
        return list(sql.fetchall())


def _json(ids: list[int]) -> str:
    return "[" + ",".join(map(str, ids)) + "]"


def _sqlite_time(at: datetime) -> str:
    """As Django stores it, so that texts compare as times do."""
    return str(at.astimezone(UTC).replace(tzinfo=None))
