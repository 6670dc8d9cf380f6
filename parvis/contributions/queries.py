"""What the pages of contributions show, in a number of queries that does not grow with the page.

A page of cards: the rows and their last comments, with authors, places and one's own reactions; the names (of those
mentioned and of those who reacted last). Two queries for one card or for thirty; a third when something there is
recommended, for what the reader may read of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from markupsafe import Markup

from parvis.contributions import feed_sql
from parvis.contributions.feed_sql import Row
from parvis.contributions.lines import Card, Line, Original, line_of, linker, original_of, people_in
from parvis.contributions.models import Contribution, ContributionQuerySet, Revision, TopicUse
from parvis.kernel import richtext
from parvis.kernel.audiences.scope import InScope, Scope
from parvis.kernel.pagination import Cursor, Page
from parvis.people.models import Person

PAGE = 20
COMMENTS = 50


def feed(
    scope: Scope, *, before: Cursor | None = None, says_where: bool = True, whole: Scope | None = None
) -> Page[Card]:
    """A page of cards of the scope's audiences, newest first. On a place's own wall no card says where it is. What is
    recommended there may stand elsewhere: `whole` is all that the reader may read, else no more than the scope."""
    groups = _groups(feed_sql.newest(scope, before=before, limit=PAGE + 1))
    found = _cards(groups[:PAGE], scope, says_where=says_where, whole=whole)
    return Page(found, found[-1].cursor if len(groups) > PAGE else None)


def news(scope: Scope, *, since: Cursor, says_where: bool = True, whole: Scope | None = None) -> Page[Card]:
    """The cards that came after a cursor, newest first; `next_cursor` when there are more than a page."""
    groups = _groups(feed_sql.newer(scope, than=since, limit=PAGE + 1))
    found = _cards(groups[-PAGE:], scope, says_where=says_where, whole=whole)
    return Page(found, found[0].cursor if len(groups) > PAGE else None)


def cards(ids: Sequence[int], scope: Scope) -> list[Card]:
    """The cards of these publications, as far as the scope covers them, newest first."""
    return _cards(_groups(feed_sql.cards(ids, scope)), scope)


def card(contribution_id: int, scope: Scope) -> Line | None:
    return next((found.line for found in cards([contribution_id], scope)), None)


def original(contribution_id: int, scope: Scope) -> Original | None:
    """A publication as a recommendation of it would show it. Two queries."""
    row = feed_sql.originals([contribution_id], scope).get(contribution_id)
    if row is None or len(row) == 1:
        return None
    return original_of(row, feed_sql.names(set(richtext.tokens_in(row[3])), scope))


def lines_of(ids: Sequence[int], scope: Scope) -> list[Line]:
    """Publications or comments alone, without what stands under them, as far as the scope covers them."""
    return _lines(feed_sql.lines(ids, scope), scope)


def of_person(person: Person, scope: Scope, *, before: Cursor | None = None) -> Page[Card]:
    """What somebody published, as far as the reader's scope covers it."""
    return _page_of(Contribution.objects.filter(author=person), scope, before)


def of_topic(topic_id: int, scope: Scope, *, before: Cursor | None = None) -> Page[Card]:
    """By the index topic_use_newest, which has the place of each publication in the page; what one may not read among
    them is passed by."""
    found = TopicUse.objects.filter(topic_id=topic_id, published_at__isnull=False)
    found = found.filter(
        InScope("contribution__audience_id", scope),
        contribution__deleted_at__isnull=True,
        contribution__family=Contribution.Family.PUBLICATION,
    )
    if before:
        found = found.filter(published_at__lte=before.at).exclude(
            published_at=before.at, contribution_id__gte=before.id
        )
    ids = found.order_by("-published_at", "-contribution_id").values_list("contribution_id", flat=True)
    return _page_of_ids(list(ids[: PAGE + 1]), scope)


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
    return _page_of_ids(list(found.values_list("pk", flat=True)[: PAGE + 1]), scope)


def _page_of_ids(ids: Sequence[int], scope: Scope) -> Page[Card]:
    """Of one more than a page holds."""
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


def _cards(
    groups: list[list[Row]], scope: Scope, *, says_where: bool = True, whole: Scope | None = None
) -> list[Card]:
    recommended = {group[0][18] for group in groups if group[0][18]}
    abouts = feed_sql.originals(recommended, whole or scope) if recommended else {}
    # The people that each card names first: their names are one query for the page.
    named = [people_in(group) for group in groups]
    if abouts:
        for group, people in zip(groups, named, strict=True):
            people += richtext.tokens_in("".join(abouts.get(group[0][18], ())[3:4]))
    names = feed_sql.names(set().union(*named), scope)
    return [
        Card(
            row, tuple(comments), tuple([(n, names[n]) for n in people if n in names]), says_where, abouts.get(row[18])
        )
        for (row, *comments), people in zip(groups, named, strict=True)
    ]


def _lines(rows: list[Row], scope: Scope) -> list[Line]:
    names = feed_sql.names(set(people_in(rows)), scope)
    return [line_of(row, names) for row in rows]


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
    link = linker(feed_sql.names(called, scope))
    return [(r.written_at, r.title, richtext.resolve(r.html, link)) for r in revisions]
