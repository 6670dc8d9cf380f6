"""What the pages of contributions show, in a number of queries that does not grow with the page.

A page of cards: the rows and their last comments, with authors, places and one's own reactions; the names (of those
mentioned and of those who reacted last). Two queries for one card or for thirty.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from parvis.communities.places import Place
from parvis.contributions import feed_sql
from parvis.contributions.feed_sql import Row
from parvis.contributions.models import Contribution, ContributionQuerySet, Revision, TopicUse
from parvis.kernel import richtext
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.database.reading import time_read
from parvis.kernel.pagination import Cursor, Page
from parvis.people.faces import hue_of, initials_of
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
        return initials_of(self.name)

    @property
    def hue(self) -> int:
        return hue_of(self.pk)


@dataclass(frozen=True, slots=True)
class Bar:
    """The reactions of one contribution as a reader sees them: my word, at most three marks, two names. No total."""

    mine: str
    marks: tuple[str, ...]
    names: tuple[str, ...]
    has_others: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution: a card with its last comments, or a comment with its replies."""

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


class Card(NamedTuple):
    """A publication as its rows say it, with all that its drawing needs: equal cards look alike, so each is drawn once
    (drawing.py). A feed makes its `line` for those alone that were not drawn yet."""

    row: Row
    comments: tuple[Row, ...]
    # Of those whom it calls or who reacted last, as far as the reader may know them.
    names: tuple[tuple[int, str], ...]
    says_where: bool

    @property
    def cursor(self) -> Cursor:
        return Cursor(time_read(self.row[4]), self.row[0])

    @property
    def line(self) -> Line:
        names = dict(self.names)
        place = Place(*self.row[18:24]) if self.says_where and self.row[18] else None
        return replace(_line(self.row, names), place=place, comments=tuple(_line(row, names) for row in self.comments))


def feed(scope: Scope, *, before: Cursor | None = None, says_where: bool = True) -> Page[Card]:
    """A page of cards of the scope's audiences, newest first. On a place's own wall no card says where it is."""
    groups = _groups(feed_sql.newest(scope, before=before, limit=PAGE + 1))
    found = _cards(groups[:PAGE], scope, says_where=says_where)
    return Page(found, found[-1].cursor if len(groups) > PAGE else None)


def news(scope: Scope, *, since: Cursor, says_where: bool = True) -> Page[Card]:
    """The cards that came after a cursor, newest first; `next_cursor` when there are more than a page."""
    groups = _groups(feed_sql.newer(scope, than=since, limit=PAGE + 1))
    found = _cards(groups[-PAGE:], scope, says_where=says_where)
    return Page(found, found[0].cursor if len(groups) > PAGE else None)


def cards(ids: Sequence[int], scope: Scope) -> list[Card]:
    """The cards of these publications, as far as the scope covers them, newest first."""
    return _cards(_groups(feed_sql.cards(ids, scope)), scope)


def card(contribution_id: int, scope: Scope) -> Line | None:
    return next((found.line for found in cards([contribution_id], scope)), None)


def lines_of(ids: Sequence[int], scope: Scope) -> list[Line]:
    """Publications or comments alone, without what stands under them, as far as the scope covers them."""
    return _lines(feed_sql.lines(ids, scope), scope)


def of_person(person: Person, scope: Scope, *, before: Cursor | None = None) -> Page[Card]:
    """What somebody published, as far as the reader's scope covers it."""
    return _page_of(Contribution.objects.filter(author=person), scope, before)


def of_topic(topic_id: int, scope: Scope, *, before: Cursor | None = None) -> Page[Card]:
    return _page_of(Contribution.objects.filter(topic_uses__topic_id=topic_id), scope, before)


def newest_topic_use() -> int:
    """Of any topic, anywhere; what a topic's page has seen. One query."""
    return TopicUse.objects.aggregate(newest=Max("pk"))["newest"] or 0


def news_of_topic(key: str, scope: Scope, *, since: int) -> Page[Card]:
    """The publications that began to use a topic after one use, also by an edit."""
    begun = TopicUse.objects.filter(topic__key=key, pk__gt=since)
    return _page_of(Contribution.objects.filter(topic_uses__in=begun), scope, None)


def _page_of(found: ContributionQuerySet, scope: Scope, before: Cursor | None) -> Page[Card]:
    found = found.visible_to(scope).publications().newest_first()
    if before:
        found = found.filter(published_at__lte=before.at).exclude(published_at=before.at, pk__gte=before.id)
    ids = list(found.values_list("pk", flat=True)[: PAGE + 1])
    shown = cards(ids[:PAGE], scope)
    return Page(shown, shown[-1].cursor if len(ids) > PAGE and shown else None)


def thread(root_id: int, scope: Scope, *, after_id: int = 0) -> tuple[list[Line], int | None]:
    """The comments of a publication in order, replies under what they answer; and where the next page begins.

    A deleted comment stays as a place while it has replies. The root has passed `visible_to`.
    """
    rows = feed_sql.thread(root_id, scope.person_id, after_id=after_id, limit=COMMENTS + 1)
    deleted = {row[0] for row in rows if row[-1]}
    lines = _lines(rows[:COMMENTS], scope)
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


def _groups(rows: list[Row]) -> list[list[Row]]:
    """Each publication with its last comments, as what each card is drawn from."""
    groups: list[list[Row]] = []
    for row in rows:
        if row[12] is None:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _cards(groups: list[list[Row]], scope: Scope, *, says_where: bool = True) -> list[Card]:
    # The people that each card names first: their names are one query for the page.
    named = [_people_in(group) for group in groups]
    names = feed_sql.names(set().union(*named), scope)
    return [
        Card(row, tuple(comments), tuple([(n, names[n]) for n in people if n in names]), says_where)
        for (row, *comments), people in zip(groups, named, strict=True)
    ]


def _people_in(rows: list[Row]) -> list[int]:
    """Whom these lines name beside their authors: who reacted last, whom the text calls."""
    reacted = [int(n) for row in rows for n in row[9].split()]
    return reacted + richtext.tokens_in("".join([row[3] for row in rows]))


def _lines(rows: list[Row], scope: Scope) -> list[Line]:
    names = feed_sql.names(set(_people_in(rows)), scope)
    return [_line(row, names) for row in rows]


def _line(row: Row, names: Mapping[int, str]) -> Line:
    (pk, kind, title, html, published_at, edited_at, version, comment_count, tally, reactors, audience_id) = row[:11]
    return Line(
        pk=pk,
        kind=kind,
        title=title,
        html=richtext.resolve(html, _linker(names)),
        published_at=time_read(published_at),
        edited_at=time_read(edited_at) if edited_at else None,
        version=version,
        comment_count=comment_count,
        audience_id=audience_id,
        author=Face(row[11], row[14], row[15], row[16]),
        root_id=row[12],
        parent_id=row[13],
        bar=_bar(row[17] or "", tally, reactors, names),
        place=None,
    )


_NO_REACTION = Bar("", (), (), False)


def _bar(mine: str, tally: str, reactors: str, names: Mapping[int, str]) -> Bar:
    if not tally:
        return _NO_REACTION
    kinds = [entry.split(":") for entry in tally.split()]
    shown = tuple(names[int(n)] for n in reactors.split() if int(n) in names)
    total = sum(int(count) for _kind, count in kinds)
    return Bar(mine, tuple(kind for kind, _count in kinds[:3]), shown, total > len(shown))


def _linker(names: Mapping[int, str]) -> Callable[[int], Markup]:
    def link(person_id: int) -> Markup:
        name = names.get(person_id)
        if name is None:
            return Markup('<span class="person">@%s</span>') % _("quelqu’un")
        return Markup('<a class="person" href="/personnes/%d/">@%s</a>') % (person_id, escape(name))

    return link


def editable_text(contribution: Contribution, scope: Scope) -> tuple[str, dict[str, str]]:
    """The text with `@handle` again, and the names of these handles for the editor."""
    called = richtext.mentioned_in(contribution.text)
    people = list(Person.objects.visible_to(scope).filter(pk__in=called).values_list("pk", "identifier", "name"))
    text = richtext.editable(contribution.text, {pk: handle for pk, handle, _name in people})
    return text, {handle: name for _pk, handle, name in people}


def history(contribution: Contribution, scope: Scope) -> list[tuple[datetime, str, Markup]]:
    """Each former text with the time it was written, newest first: (time, title, html)."""
    revisions = list(Revision.objects.filter(contribution=contribution).order_by("-id")[:50])
    called = {person_id for revision in revisions for person_id in richtext.tokens_in(revision.html)}
    link = _linker(feed_sql.names(called, scope))
    return [(r.written_at, r.title, richtext.resolve(r.html, link)) for r in revisions]
