"""What a line and a card are made of: the rows that feed_sql reads, as one reader sees them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from parvis.communities.places import Place
from parvis.contributions.feed_sql import Row
from parvis.kernel import richtext
from parvis.kernel.database.reading import time_read
from parvis.kernel.pagination import Cursor
from parvis.people.faces import hue_of, initials_of

# The kind that passes on another publication (declares.py).
RECOMMENDATION = "recommendation"
# Of what is recommended, the words that its card says.
EXCERPT = 280


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
class Original:
    """What a recommendation recommends, as far as this reader may read it."""

    pk: int
    kind: str
    title: str
    words: str
    published_at: datetime
    author: Face
    place: Place | None


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
    # Nothing is added where it stands any more.
    is_closed: bool = False
    # What is said where it stands stays there.
    is_secret: bool = False
    about_id: int | None = None
    # None for what was withdrawn (`about_id` is None then) and for what this reader may not read.
    original: Original | None = None

    @property
    def may_be_recommended(self) -> bool:
        """Elsewhere: a recommendation passes on what it recommends."""
        return not self.is_secret and (self.kind != RECOMMENDATION or self.original is not None)


class Card(NamedTuple):
    """A publication as its rows say it, with all that its drawing needs: equal cards look alike, so each is drawn once
    (drawing.py). A feed makes its `line` for those alone that were not drawn yet."""

    row: Row
    comments: tuple[Row, ...]
    # Of those whom it calls or who reacted last, as far as the reader may know them.
    names: tuple[tuple[int, str], ...]
    says_where: bool
    # Of a recommendation: a row of `feed_sql.originals`, None where the reader may not read it.
    about: Row | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(time_read(self.row[4]), self.row[0])

    @property
    def line(self) -> Line:
        names = dict(self.names)
        place = Place(*self.row[19:25]) if self.says_where and self.row[19] else None
        line = replace(
            line_of(self.row, names), place=place, comments=tuple(line_of(row, names) for row in self.comments)
        )
        if self.row[25] or self.row[26] or self.row[1] == RECOMMENDATION:
            line = replace(line, is_closed=bool(self.row[25]), is_secret=bool(self.row[26]))
            line = replace(line, **_recommended(self.row[18], self.about, names))
        return line


def people_in(rows: list[Row]) -> list[int]:
    """Whom these lines name beside their authors: who reacted last, whom the text calls."""
    reacted = [int(n) for row in rows for n in row[9].split()]
    return reacted + richtext.tokens_in("".join([row[3] for row in rows]))


def line_of(row: Row, names: Mapping[int, str]) -> Line:
    (pk, kind, title, html, published_at, edited_at, version, comment_count, tally, reactors, audience_id) = row[:11]
    return Line(
        pk=pk,
        kind=kind,
        title=title,
        html=richtext.resolve(html, linker(names)),
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


def _recommended(about_id: int | None, row: Row | None, names: Mapping[int, str]) -> dict[str, Any]:
    """Of a recommendation's line."""
    if row is None:
        return {"about_id": about_id}
    if len(row) == 1:  # deleted
        return {"about_id": None}
    return {"about_id": about_id, "original": original_of(row, names)}


def original_of(row: Row, names: Mapping[int, str]) -> Original:
    """From a row of `feed_sql.originals`, of what was not deleted."""
    pk, kind, title, html, published_at, *author = row[:9]
    return Original(
        pk=pk,
        kind=kind,
        title=title,
        words=richtext.excerpt(html, EXCERPT, names),
        published_at=time_read(published_at),
        author=Face(*author),
        place=Place(*row[9:15]) if row[9] else None,
    )


_NO_REACTION = Bar("", (), (), False)


def _bar(mine: str, tally: str, reactors: str, names: Mapping[int, str]) -> Bar:
    if not tally:
        return _NO_REACTION
    kinds = [entry.split(":") for entry in tally.split()]
    shown = tuple(names[int(n)] for n in reactors.split() if int(n) in names)
    total = sum(int(count) for _kind, count in kinds)
    return Bar(mine, tuple(kind for kind, _count in kinds[:3]), shown, total > len(shown))


def linker(names: Mapping[int, str]) -> Callable[[int], Markup]:
    def link(person_id: int) -> Markup:
        name = names.get(person_id)
        if name is None:
            return Markup('<span class="person">@%s</span>') % _("quelqu’un")
        return Markup('<a class="person" href="/personnes/%d/">@%s</a>') % (person_id, escape(name))

    return link
