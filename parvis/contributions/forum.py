"""A community as a forum: the publications of its feed as titles, in the order of their last exchange. The same
contributions, the same rights; no view counts.

Two pinned queries for a page: the titles with their last voice (by the index contribution_forum), the names in the
titles that were not given. tests/contributions/test_forum.py explains them on both engines.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from parvis.contributions import feed_sql
from parvis.contributions.lines import Face
from parvis.kernel import richtext
from parvis.kernel.audiences.scope import Scope, ids_parameter, one_of
from parvis.kernel.database.reading import rows, time_parameter, time_read
from parvis.kernel.pagination import Cursor, Page

PAGE = 30
_FAR = datetime(9999, 1, 1, tzinfo=UTC)
# Of a publication without a title, the words that stand for it.
_EXCERPT = 110
# A question that nobody took up for so long waits.
UNANSWERED_AFTER = timedelta(hours=2)
# Among so many of the newest, of so many days: what is older is found by searching.
_LOOKED_THROUGH, _LOOKED_BACK = 300, timedelta(days=90)

# Of a publication without a title alone the words are read.
_COLUMNS = (
    "c.id, c.kind, c.title, CASE WHEN c.title = '' THEN c.html ELSE '' END, CAST(c.published_at AS TEXT), "
    "CAST(c.last_exchange_at AS TEXT), c.version, c.comment_count, p.id, p.name, p.photo_id, p.title, "
    "q.id, q.name, q.photo_id, q.title"
)
_JOINS = (
    "JOIN people_person p ON p.id = c.author_id "
    "LEFT JOIN contributions_contribution l ON l.id = (SELECT id FROM contributions_contribution "
    "WHERE root_id = c.id AND deleted_at IS NULL ORDER BY id DESC LIMIT 1) "
    "LEFT JOIN people_person q ON q.id = l.author_id"
)
# Beside each line, the newest publication of all: what the pill of a live page counts from.
_NEWEST = (
    "(SELECT id FROM contributions_contribution WHERE audience_id = %s AND family = 1 AND deleted_at IS NULL "
    "ORDER BY published_at DESC, id DESC LIMIT 1)"
)
_PAGE = (
    f"SELECT {_COLUMNS}, {_NEWEST} FROM (SELECT * FROM contributions_contribution "  # noqa: S608
    "WHERE audience_id = %s AND family = 1 AND deleted_at IS NULL AND (last_exchange_at, id) < (%s, %s) "
    f"ORDER BY last_exchange_at DESC, id DESC LIMIT %s) c {_JOINS} ORDER BY c.last_exchange_at DESC, c.id DESC"
)
# A question is known by its mark, at the end of the title or of the text; the kind « question » will know better.
_UNANSWERED = (
    f"SELECT {_COLUMNS} FROM (SELECT * FROM contributions_contribution "  # noqa: S608
    "WHERE audience_id = %s AND family = 1 AND deleted_at IS NULL AND published_at > %s AND published_at < %s "
    "ORDER BY published_at DESC, id DESC LIMIT %s) c "
    f"{_JOINS} WHERE c.comment_count = 0 AND (c.title LIKE '%%?' OR c.text LIKE '%%?') "
    "ORDER BY c.published_at DESC, c.id DESC LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One line of a forum."""

    pk: int
    kind: str
    # The title, or the first words.
    words: str
    published_at: datetime
    last_exchange_at: datetime
    version: int
    has_answer: bool
    author: Face
    # Who spoke last; None while nobody answered.
    last: Face | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.last_exchange_at, self.pk)


@dataclass(frozen=True)
class Forum(Page[Talk]):
    """`newest`: the id of the newest publication there, 0 for none."""

    newest: int


def forum(audience_id: int, scope: Scope, *, before: Cursor | None = None) -> Forum:
    """What was spoken of last, first. Nothing where the scope does not reach."""
    if not scope.covers(audience_id):
        return Forum([], None, 0)
    cursor = before or Cursor(_FAR, 0)
    found = rows(_PAGE, [audience_id, audience_id, time_parameter(cursor.at), cursor.id, PAGE + 1])
    shown = _talks(found[:PAGE], scope)
    return Forum(shown, shown[-1].cursor if len(found) > PAGE else None, found[0][-1] if found else 0)


def talk(contribution_id: int, scope: Scope) -> Talk | None:
    """One line again, as the page of its forum shows it."""
    statement = (
        f"SELECT {_COLUMNS} FROM contributions_contribution c {_JOINS} "  # noqa: S608
        f"WHERE c.id = %s AND c.family = 1 AND c.deleted_at IS NULL AND c.audience_id {one_of()}"
    )
    found = rows(statement, [contribution_id, ids_parameter(scope.audience_ids)])
    return next(iter(_talks(found, scope)), None)


def unanswered(audience_id: int, scope: Scope, *, most: int = 3) -> list[Talk]:
    """The questions of a community that nobody took up for two hours, the newest first. At most two queries."""
    if not scope.covers(audience_id):
        return []
    now = timezone.now()
    since, until = time_parameter(now - _LOOKED_BACK), time_parameter(now - UNANSWERED_AFTER)
    return _talks(rows(_UNANSWERED, [audience_id, since, until, _LOOKED_THROUGH, most]), scope)


def _talks(found: list[tuple[Any, ...]], scope: Scope) -> list[Talk]:
    called = {person_id for row in found for person_id in richtext.tokens_in(row[3])}
    names = feed_sql.names(called, scope) if called else {}
    return [
        Talk(
            pk=row[0],
            kind=row[1],
            words=row[2] or richtext.excerpt(row[3], _EXCERPT, names),
            published_at=time_read(row[4]),
            last_exchange_at=time_read(row[5]),
            version=row[6],
            has_answer=row[7] > 0,
            author=Face(*row[8:12]),
            last=Face(*row[12:16]) if row[12] is not None else None,
        )
        for row in found
    ]
