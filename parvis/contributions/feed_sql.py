"""The hot reads, pinned: the feed, and some publications by id, each with the last two comments of every card.
tests/contributions/test_plans.py explains them on both engines; tests/architecture/test_scope.py proves that they
return what `visible_to` returns.

`family` stands as a literal so that the partial indexes serve. A feed is a merge of audiences, each already in order:
SQLite takes the newest of each, then again and again the next of the one it took from (a recursive query whose queue
is sorted: as many look-ups as there are audiences and rows; 0.5 ms for 300 audiences at any depth, where a UNION of
300 terms took 14); PostgreSQL looks first which audiences have something among the newest, and reads only these.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from parvis.kernel.audiences.scope import Scope, ids_parameter, one_of
from parvis.kernel.database.reading import is_postgresql, rows, time_parameter
from parvis.kernel.pagination import Cursor

_FAR = datetime(9999, 1, 1, tzinfo=UTC)

# Times as text (`time_read`).
COLUMNS = (
    "c.id, c.kind, c.title, c.html, CAST(c.published_at AS TEXT), CAST(c.edited_at AS TEXT), c.version, "
    "c.comment_count, c.reaction_tally, c.recent_reactors, c.audience_id, c.author_id, c.root_id, c.parent_id, "
    "p.name, p.photo_id, p.title, r.kind, c.about_id"
)
# Of the community where a publication stands, whether it is read only, and whether what is said there stays there;
# nothing for the company's wall, nor for comments.
PLACE = "k.id, k.audience_id, k.slug, k.name, k.icon, k.hue, k.archived_at IS NOT NULL, k.access = 'secret'"
# One parameter: who reads, for their own reaction.
_WITH_AUTHOR = (
    "JOIN people_person p ON p.id = c.author_id "
    "LEFT JOIN contributions_reaction r ON r.contribution_id = c.id AND r.person_id = %s"
)
_WITH_PLACE = "LEFT JOIN communities_community k ON k.audience_id = c.audience_id AND c.root_id IS NULL"

_OF_ONE = (
    "SELECT {columns} FROM contributions_contribution WHERE audience_id = {audience} AND family = 1 "
    "AND deleted_at IS NULL AND (published_at, id) {sign} ({at}, {id}) "
    "ORDER BY published_at {way}, id {way} LIMIT {limit}"
)
_LAST_TWO = (
    "SELECT {columns} FROM contributions_contribution WHERE root_id = f.id AND deleted_at IS NULL "
    "ORDER BY id DESC LIMIT 2"
)
_ORDER = "ORDER BY f.published_at DESC, f.id DESC, c.id"
# What a page shows of the publications `f`: each as COLUMNS and PLACE, then its last comments, oldest first.
_CARDS_SQLITE = (
    f"SELECT {COLUMNS}, {PLACE} FROM f CROSS JOIN contributions_contribution c ON c.id IN (SELECT f.id "  # noqa: S608
    f"UNION ALL SELECT id FROM ({_LAST_TWO.format(columns='id')})) {_WITH_AUTHOR} {_WITH_PLACE} {_ORDER}"
)
_CARDS_POSTGRESQL = (
    f"SELECT {COLUMNS}, {PLACE} FROM f CROSS JOIN LATERAL "  # noqa: S608
    f"(SELECT * FROM contributions_contribution WHERE id = f.id UNION ALL ({_LAST_TWO.format(columns='*')})) c "
    f"{_WITH_AUTHOR} {_WITH_PLACE} {_ORDER}"
)


def _feed_sqlite(sign: str, way: str) -> str:
    first = _OF_ONE.format(columns="id", audience="a.value", sign=sign, way=way, at="%s", id="%s", limit=1)
    after = _OF_ONE.format(
        columns="id", audience="f.audience_id", sign=sign, way=way, at="f.published_at", id="f.id", limit=1
    )
    return (
        "WITH RECURSIVE f(audience_id, published_at, id) AS ("  # noqa: S608
        f"SELECT c.audience_id, c.published_at, c.id FROM json_each(%s) a "
        f"CROSS JOIN contributions_contribution c ON c.id = ({first}) UNION ALL "
        f"SELECT c.audience_id, c.published_at, c.id FROM f CROSS JOIN contributions_contribution c "
        f"ON c.id = ({after}) ORDER BY 2 {way}, 3 {way} LIMIT %s) {_CARDS_SQLITE}"
    )


def _feed_postgresql(sign: str, way: str) -> str:
    """What stands in the page is at least as new as the `limit`-th of the newest ones of each audience."""
    first = _OF_ONE.format(columns="published_at", audience="a.id", sign=sign, way=way, at="%s", id="%s", limit=1)
    some = _OF_ONE.format(
        columns="published_at, id", audience="h.id", sign=sign, way=way, at="%s", id="%s", limit="%s"
    )
    return (
        "WITH h AS MATERIALIZED (SELECT a.id, n.published_at FROM unnest(%s::bigint[]) AS a(id) "  # noqa: S608
        f"CROSS JOIN LATERAL ({first}) n), "
        f"f AS MATERIALIZED (SELECT n.published_at, n.id FROM "
        f"(SELECT id FROM h ORDER BY published_at {way} FETCH FIRST %s ROWS WITH TIES) h "
        f"CROSS JOIN LATERAL ({some}) n ORDER BY n.published_at {way}, n.id {way} LIMIT %s) {_CARDS_POSTGRESQL}"
    )


_SQLITE = {sign: _feed_sqlite(sign, way) for sign, way in (("<", "DESC"), (">", "ASC"))}
_POSTGRESQL = {sign: _feed_postgresql(sign, way) for sign, way in (("<", "DESC"), (">", "ASC"))}

Row = tuple[Any, ...]


def newest(scope: Scope, *, before: Cursor | None = None, limit: int = 20) -> list[Row]:
    """The newest publications of the scope's audiences, each followed by its last two comments, as COLUMNS and PLACE.
    One query at any depth."""
    return _page(scope, before or Cursor(_FAR, 0), "<", limit)


def newer(scope: Scope, *, than: Cursor, limit: int = 20) -> list[Row]:
    """The publications that came after a cursor (the oldest `limit` of them), in the order and form of `newest`."""
    return _page(scope, than, ">", limit)


def _page(scope: Scope, cursor: Cursor, sign: str, limit: int) -> list[Row]:
    ids, at, pk = ids_parameter(scope.audience_ids), time_parameter(cursor.at), cursor.id
    if is_postgresql():
        return rows(_POSTGRESQL[sign], [ids, at, pk, limit, at, pk, limit, limit, scope.person_id])
    return rows(_SQLITE[sign], [ids, at, pk, limit, scope.person_id])


def cards(ids: Collection[int], scope: Scope) -> list[Row]:
    """These publications as far as the scope covers them, in the order and form of `newest`."""
    drawn = _CARDS_POSTGRESQL if is_postgresql() else _CARDS_SQLITE
    return rows(
        f"WITH f AS (SELECT c.published_at, c.id {_given()} {_covered()}) {drawn}",
        [ids_parameter(ids), ids_parameter(scope.audience_ids), scope.person_id],
    )


def lines(ids: Collection[int], scope: Scope) -> list[Row]:
    """These publications or comments alone, as far as the scope covers them, newest first, as COLUMNS."""
    return rows(
        f"SELECT {COLUMNS} {_given()} {_WITH_AUTHOR} {_covered()} ORDER BY c.published_at DESC, c.id DESC",
        [ids_parameter(ids), scope.person_id, ids_parameter(scope.audience_ids)],
    )


def _given() -> str:
    """The contributions of an `ids_parameter`."""
    ids_given = "unnest(%s::bigint[]) AS i(value)" if is_postgresql() else "json_each(%s) i"
    return f"FROM {ids_given} JOIN contributions_contribution c ON c.id = i.value"


def _covered() -> str:
    """Of these, what stands in the audiences of another."""
    return f"WHERE c.deleted_at IS NULL AND c.audience_id {one_of()}"


def originals(ids: Collection[int], scope: Scope) -> dict[int, Row]:
    """What these recommended publications say, as far as the scope covers them: id, kind, title, HTML, time, author
    (id, name, photo, title), then PLACE. Of what was deleted, the id alone."""
    given = _given().replace("i.value", "i.value AND c.family = 1")
    found = rows(
        "SELECT c.id, c.kind, c.title, c.html, CAST(c.published_at AS TEXT), c.author_id, p.name, p.photo_id, "
        f"p.title, {PLACE}, c.deleted_at IS NOT NULL {given} JOIN people_person p ON p.id = c.author_id "
        f"{_WITH_PLACE} WHERE c.audience_id {one_of()}",
        [ids_parameter(ids), ids_parameter(scope.audience_ids)],
    )
    return {row[0]: row[:1] if row[-1] else row[:-1] for row in found}


def own_reactions(ids: Collection[int], person_id: int | None) -> dict[int, str]:
    """What this reader said to each of these contributions, if anything."""
    statement = "SELECT contribution_id, kind FROM contributions_reaction WHERE person_id = %s AND contribution_id "
    return dict(rows(statement + one_of(), [person_id, ids_parameter(ids)]))


def names(ids: Collection[int], scope: Scope) -> dict[int, str]:
    """The names of those of these people whom `Person.visible_to(scope)` shows."""
    statement = f"SELECT p.id, p.name FROM people_person p WHERE p.activated_at IS NOT NULL AND p.id {one_of()}"  # noqa: S608
    parameters: list[Any] = [ids_parameter(ids)]
    if scope.is_guest:
        statement += (
            " AND (p.id = %s OR EXISTS (SELECT 1 FROM audiences_audiencemember m "  # noqa: S608
            f"WHERE m.person_id = p.id AND m.audience_id {one_of()} AND (m.until IS NULL OR m.until > %s)))"
        )
        parameters += [scope.person_id, ids_parameter(scope.audience_ids), time_parameter(timezone.now())]
    return dict(rows(statement, parameters))


def thread(root_id: int, person_id: int | None = None, *, after_id: int = 0, limit: int = 51) -> list[Row]:
    """The comments of a publication in the order they came, from one id on, as COLUMNS and whether they are deleted.
    The root has passed `visible_to`."""
    return rows(
        f"SELECT {COLUMNS}, c.deleted_at IS NOT NULL FROM contributions_contribution c {_WITH_AUTHOR} "  # noqa: S608
        "WHERE c.root_id = %s AND c.id > %s ORDER BY c.id LIMIT %s",
        [person_id, root_id, after_id, limit],
    )
