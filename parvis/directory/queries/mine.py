"""« Mes contributions », for whoever wrote them: how far each went, in words, newest first, without any total."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from parvis.communities.models import Community
from parvis.contributions import feed_sql
from parvis.contributions.models import Contribution, ContributionQuerySet, Reaction
from parvis.contributions.registry import kind_of
from parvis.directory.models import ChosenContribution
from parvis.directory.words import readers_in_words, units_in_words
from parvis.kernel.audiences.scope import Scope
from parvis.kernel.pagination import Cursor, Page
from parvis.kernel.richtext import excerpt, tokens_in
from parvis.people.models import Person

PAGE = 20
WORDS = 90
# Of the words of others, and of the places, that a line says.
KINDS, NAMES, PLACES = 2, 2, 3
# Of no row: with nothing to look for as many questions are asked as with something.
NONE = [0]
PERIODS = {"mois": timedelta(days=31), "an": timedelta(days=366)}


@dataclass(frozen=True)
class Said:
    """A word that others said of it: « Utile à Chloé, Yann et d’autres »."""

    kind: str
    names: tuple[str, ...]
    has_others: bool


@dataclass(frozen=True)
class Mine:
    """One of one's contributions."""

    pk: int
    title: str
    kind: str
    icon: str
    label: Any
    place: str
    at: datetime
    readers: str = ""
    units: str = ""
    said: tuple[Said, ...] = ()
    recommended_in: tuple[str, ...] = ()
    is_recommended_elsewhere: bool = False
    is_chosen: bool = False
    may_be_shown: bool = True


@dataclass(frozen=True)
class Asked:
    """What the filters say: all of them empty shows everything."""

    place: str = ""
    kind: str = ""
    period: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.place or self.kind or self.period)


@dataclass(frozen=True)
class Choices:
    """What one may filter by: only places and kinds in which one wrote."""

    places: Sequence[Community] = ()
    kinds: Sequence[Any] = field(default_factory=list)


def _written_by(person: Person) -> ContributionQuerySet:
    return Contribution.objects.visible_to(person.scope()).publications().filter(author=person)


def choices(person: Person) -> Choices:
    """Two queries."""
    wrote = set(_written_by(person).order_by().values_list("audience_id", "kind").distinct())
    audiences = {audience for audience, _kind in wrote}
    places = Community.objects.filter(audience__in=audiences or NONE).order_by("sort_key", "pk")
    return Choices(list(places), [kind_of(name) for name in sorted({kind for _audience, kind in wrote})])


def mine(person: Person, asked: Asked, *, before: Cursor | None = None, limit: int = PAGE) -> Page[Mine]:
    """A page of one's publications that one may still read. Six queries."""
    found = _written_by(person).newest_first().select_related("reach")
    if asked.place:
        found = found.filter(audience__in=Community.objects.filter(slug=asked.place).values("audience_id"))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.period in PERIODS:
        found = found.filter(published_at__gt=timezone.now() - PERIODS[asked.period])
    if before:
        found = found.filter(published_at__lte=before.at).exclude(published_at=before.at, pk__gte=before.id)
    rows = list(found[: limit + 1])
    shown = lines(rows[:limit], person)
    last = shown[-1] if len(rows) > limit and shown else None
    return Page(shown, Cursor(last.at, last.pk) if last else None)


def chosen_by(person: Person) -> list[Mine]:
    """Those one shows, in one's order, as far as one still reads them. Six queries."""
    ids = _chosen_ids(person)
    found = _written_by(person).select_related("reach").in_bulk(ids or NONE)
    return lines([found[pk] for pk in ids if pk in found], person)


def chosen_of(person: Person, scope: Scope) -> list[Mine]:
    """Those somebody shows, in their order, as far as this reader may read them: without how far they went, and
    nothing of a secret community. Four queries."""
    ids = _chosen_ids(person)
    secret = Community.objects.filter(access=Community.Access.SECRET).values("audience_id")
    visible = Contribution.objects.visible_to(scope).exclude(audience__in=secret).in_bulk(ids or NONE)
    found = [visible[pk] for pk in ids if pk in visible]
    places = _places(found)
    names = feed_sql.names({token for c in found for token in tokens_in(c.html)}, scope)
    return [_bare(c, places, names) for c in found]


def _chosen_ids(person: Person) -> list[int]:
    chosen = ChosenContribution.objects.filter(person=person).order_by("position", "pk")
    return list(chosen.values_list("contribution_id", flat=True))


def _places(rows: Iterable[Contribution]) -> dict[int, Community]:
    ids = {row.audience_id for row in rows}
    return {c.audience_id: c for c in Community.objects.filter(audience__in=ids or NONE)}


def _bare(row: Contribution, places: dict[int, Community], names: dict[int, str], **more: Any) -> Mine:
    kind, place = kind_of(row.kind), places.get(row.audience_id)
    return Mine(
        pk=row.pk,
        title=row.title or excerpt(row.html, WORDS, names),
        kind=row.kind,
        icon=kind.icon,
        label=kind.label,
        place=place.name if place else "",
        at=row.published_at,
        may_be_shown=place is None or not place.is_secret,
        **more,
    )


def lines(rows: Sequence[Contribution], person: Person) -> list[Mine]:
    """Five queries whatever their number."""
    ids = [row.pk for row in rows]
    scope = person.scope()
    places = _places(rows)
    said = _said_of(ids, person)
    people = {who for words in said.values() for _kind, by, _count in words for who in by}
    names = feed_sql.names(people | {token for row in rows for token in tokens_in(row.html)}, scope)
    went = _recommended_in(ids, scope)
    chosen = set(_chosen_ids(person))
    found = []
    for row in rows:
        place = places.get(row.audience_id)
        # What became secret, or moved to what is, is in no figure from then on, before any job has run.
        reach = None if place is not None and place.is_secret else getattr(row, "reach", None)
        readers, units = (reach.readers, reach.units) if reach else (0, 0)
        words = [_words(kind, by, count, names) for kind, by, count in said[row.pk][:KINDS]]
        found.append(
            _bare(
                row,
                places,
                names,
                readers=readers_in_words(readers),
                units=units_in_words(readers, units),
                said=tuple(each for each in words if each.names),
                recommended_in=tuple(went[row.pk][:PLACES]),
                is_recommended_elsewhere=len(went[row.pk]) > PLACES,
                is_chosen=row.pk in chosen,
            )
        )
    return found


def _words(kind: str, by: Sequence[int], count: int, names: dict[int, str]) -> Said:
    known = tuple(names[who].split(" ")[0] for who in by if who in names)
    return Said(kind, known, count > len(known))


def _said_of(ids: Sequence[int], person: Person) -> dict[int, list[tuple[str, list[int], int]]]:
    """Of each: the words that others said, most given first, the last two who said it, and how many did."""
    same, newest = [F("contribution"), F("kind")], [F("reacted_at").desc(), F("pk").desc()]
    given = Reaction.objects.filter(contribution__in=ids or NONE).exclude(person=person)
    ranked = given.annotate(
        rank=Window(RowNumber(), partition_by=same, order_by=newest), total=Window(Count("pk"), partition_by=same)
    )
    words: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    last = ranked.filter(rank__lte=NAMES).order_by("rank")
    for pk, kind, total, who in last.values_list("contribution", "kind", "total", "person"):
        words[pk, kind, total].append(who)
    found: dict[int, list[tuple[str, list[int], int]]] = defaultdict(list)
    for (pk, kind, total), by in sorted(words.items(), key=lambda each: (-each[0][2], each[0][1])):
        found[pk].append((kind, by, total))
    return found


def _recommended_in(ids: Sequence[int], scope: Scope) -> dict[int, list[str]]:
    """The names of the places where each was recommended, as far as its author may know of them; first come first."""
    made = Contribution.objects.filter(about__in=ids or NONE, deleted_at__isnull=True).order_by("pk")
    pairs = list(made.values_list("about_id", "audience_id"))
    places = {audience for _about, audience in pairs}
    seen = Community.objects.visible_to(scope).filter(audience__in=places or NONE)
    names = dict(seen.values_list("audience_id", "name"))
    found: dict[int, list[str]] = defaultdict(list)
    for about, audience in pairs:
        if audience in names and names[audience] not in found[about]:
            found[about].append(names[audience])
    return found
