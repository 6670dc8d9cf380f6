"""What the pages of contributions show, in a number of queries that does not grow with the page.

A page of cards: the rows with their authors, their last comments, one's own reactions, the places, the names (of those
mentioned and of those who reacted last). Five queries for one card or for thirty.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from parvis.communities.places import Place, places_at
from parvis.contributions import feed_sql
from parvis.contributions.feed_sql import Row
from parvis.contributions.models import Contribution, ContributionQuerySet, Revision
from parvis.kernel import richtext
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.pagination import Cursor, Page
from parvis.people.models import Person

PAGE = 20
COMMENTS = 50


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody in a line: what `avatar` and a name need, nothing of what they do."""

    pk: int
    name: str
    photo_id: int | None
    title: str

    @property
    def initials(self) -> str:
        words = [w for w in self.name.replace("-", " ").split() if w[:1].isalpha()]
        return (words[0][0] + words[-1][0] if len(words) > 1 else self.name[:2]).upper()

    @property
    def hue(self) -> int:
        return (self.pk * 137 + 45) % 360


@dataclass(frozen=True, slots=True)
class Bar:
    """The reactions of one contribution as a reader sees them: my word, at most three marks, two names. No total."""

    mine: str
    marks: tuple[str, ...]
    names: tuple[str, ...]
    has_others: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution: a card with its last comments, or a comment with its replies.

    Frozen and made of values alone, so that the same line is drawn once (see drawing.py).
    """

    pk: int
    kind: str
    title: str
    html: Markup
    published_at: datetime
    edited_at: datetime | None
    version: int
    comment_count: int
    audience_id: int
    author: Face
    root_id: int | None
    parent_id: int | None
    bar: Bar
    place: Place | None
    is_deleted: bool = False
    comments: tuple["Line", ...] = ()

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.published_at, self.pk)


def feed(scope: Scope, *, before: Cursor | None = None, says_where: bool = True) -> Page[Line]:
    """A page of cards of the scope's audiences, newest first. On a place's own wall no card says where it is."""
    rows = feed_sql.newest(scope, before=before, limit=PAGE + 1)
    lines = _cards(rows[:PAGE], scope, says_where=says_where)
    return Page(lines, lines[-1].cursor if len(rows) > PAGE else None)


def news(scope: Scope, *, since: Cursor, says_where: bool = True) -> Page[Line]:
    """The cards that came after a cursor, newest first; `next_cursor` when there are more than a page."""
    rows = feed_sql.newer(scope, than=since, limit=PAGE + 1)
    lines = _cards(rows[-PAGE:], scope, says_where=says_where)
    return Page(lines, lines[0].cursor if len(rows) > PAGE else None)


def cards(ids: Sequence[int], scope: Scope) -> list[Line]:
    """The cards of these publications, as far as the scope covers them, newest first."""
    return _cards(feed_sql.by_id(list(ids), scope), scope)


def card(contribution_id: int, scope: Scope) -> Line | None:
    return next(iter(cards([contribution_id], scope)), None)


def lines_of(ids: Sequence[int], scope: Scope) -> list[Line]:
    """Publications or comments alone, without what stands under them, as far as the scope covers them."""
    return _lines(feed_sql.by_id(list(ids), scope), scope, places={})


def of_person(person: Person, scope: Scope, *, before: Cursor | None = None) -> Page[Line]:
    """What somebody published, as far as the reader's scope covers it."""
    return _page_of(Contribution.objects.filter(author=person), scope, before)


def of_topic(topic_id: int, scope: Scope, *, before: Cursor | None = None) -> Page[Line]:
    return _page_of(Contribution.objects.filter(topic_uses__topic_id=topic_id), scope, before)


def _page_of(found: ContributionQuerySet, scope: Scope, before: Cursor | None) -> Page[Line]:
    found = found.visible_to(scope).publications().newest_first()
    if before:
        found = found.filter(published_at__lte=before.at).exclude(published_at=before.at, pk__gte=before.id)
    ids = list(found.values_list("pk", flat=True)[: PAGE + 1])
    lines = cards(ids[:PAGE], scope)
    return Page(lines, lines[-1].cursor if len(ids) > PAGE and lines else None)


def thread(root_id: int, scope: Scope, *, after_id: int = 0) -> tuple[list[Line], int | None]:
    """The comments of a publication in order, replies under what they answer; and where the next page begins.

    A deleted comment stays as a place while it has replies. The root has passed `visible_to`.
    """
    rows = feed_sql.thread(root_id, after_id=after_id, limit=COMMENTS + 1)
    deleted = {row[0] for row in rows if row[-1]}
    lines = _lines([row[:-1] for row in rows[:COMMENTS]], scope, places={})
    here = {line.pk for line in lines}
    replies: dict[int, list[Line]] = defaultdict(list)
    top: list[Line] = []
    for line in lines:
        if line.parent_id not in here:
            top.append(line)
        elif line.pk not in deleted:
            replies[line.parent_id or 0].append(line)
    shown = [
        replace(line, comments=tuple(replies[line.pk]), is_deleted=line.pk in deleted)
        for line in top
        if line.pk not in deleted or line.pk in replies
    ]
    return shown, lines[-1].pk if len(rows) > COMMENTS else None


def _cards(rows: list[Row], scope: Scope, *, says_where: bool = True) -> list[Line]:
    roots = [row[0] for row in rows]
    comment_rows = feed_sql.last_comments(roots)
    places = places_at({row[10] for row in rows}) if says_where else {}
    lines = _lines([*rows, *comment_rows], scope, places)
    comments: dict[int, list[Line]] = defaultdict(list)
    for line in lines[len(rows) :]:
        comments[line.root_id or 0].append(line)
    return [replace(line, comments=tuple(comments[line.pk])) for line in lines[: len(rows)]]


def _lines(rows: list[Row], scope: Scope, places: dict[int, Place]) -> list[Line]:
    mine = feed_sql.own_reactions([row[0] for row in rows], scope.person_id)
    called = richtext.mentioned_in(row[3] for row in rows)
    reacted = {int(n) for row in rows for n in row[9].split()}
    names = feed_sql.names(called | reacted, scope)
    link = _linker(names)
    return [_line(row, mine, names, link, places) for row in rows]


def _line(
    row: Row, mine: dict[int, str], names: dict[int, str], link: Callable[[int], Markup], places: dict[int, Place]
) -> Line:
    (pk, kind, title, html, published_at, edited_at, version, comment_count, tally, reactors, audience_id) = row[:11]
    return Line(
        pk=pk,
        kind=kind,
        title=title,
        html=richtext.resolve(html, link),
        published_at=utc(published_at),
        edited_at=utc(edited_at) if edited_at else None,
        version=version,
        comment_count=comment_count,
        audience_id=audience_id,
        author=Face(row[11], row[14], row[15], row[16]),
        root_id=row[12],
        parent_id=row[13],
        bar=_bar(mine.get(pk, ""), tally, reactors, names),
        place=places.get(audience_id),
    )


_NO_REACTION = Bar("", (), (), False)


def _bar(mine: str, tally: str, reactors: str, names: dict[int, str]) -> Bar:
    if not tally:
        return _NO_REACTION
    kinds = [entry.split(":") for entry in tally.split()]
    shown = tuple(names[int(n)] for n in reactors.split() if int(n) in names)
    total = sum(int(count) for _kind, count in kinds)
    return Bar(mine, tuple(kind for kind, _count in kinds[:3]), shown, total > len(shown))


def _linker(names: dict[int, str]) -> Callable[[int], Markup]:
    def link(person_id: int) -> Markup:
        name = names.get(person_id)
        if name is None:
            return Markup('<span class="person">@%s</span>') % _("quelqu’un")
        return Markup('<a class="person" href="/personnes/%d/">@%s</a>') % (person_id, escape(name))

    return link


def utc(value: datetime) -> datetime:
    """Raw SQL gives UTC without saying so on SQLite."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def editable_text(contribution: Contribution, scope: Scope) -> tuple[str, dict[str, str]]:
    """The text with `@handle` again, and the names of these handles for the editor."""
    called = richtext.mentioned_in([contribution.text])
    people = list(Person.objects.visible_to(scope).filter(pk__in=called).values_list("pk", "identifier", "name"))
    text = richtext.editable(contribution.text, {pk: handle for pk, handle, _name in people})
    return text, {handle: name for _pk, handle, name in people}


def history(contribution: Contribution, scope: Scope) -> list[tuple[datetime, str, Markup]]:
    """Each former text with the time it was written, newest first: (time, title, html)."""
    revisions = list(Revision.objects.filter(contribution=contribution).order_by("-id")[:50])
    link = _linker(feed_sql.names(richtext.mentioned_in(r.html for r in revisions), scope))
    return [(r.written_at, r.title, richtext.resolve(r.html, link)) for r in revisions]
