"""What the directory was narrowed to, and whom that leaves: read from an address, asked of the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any, Literal
from urllib.parse import urlencode

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.utils import timezone

from parvis.communities.models import Community, CommunityQuerySet, Membership
from parvis.kernel.audiences.scope import ids_parameter, one_of
from parvis.people.models import HasSkill, NameWord, Person, PersonQuerySet, Skill, SkillName, SpokenLanguage
from parvis.people.names import VOCABULARY, Words, typed_words, words_of

Facet = Literal["site", "unit", "title", "skill", "language", "community"]
# What an address calls them, in the order the page shows them.
FACETS: dict[str, Facet] = {
    "site": "site",
    "equipe": "unit",
    "fonction": "title",
    "savoir": "skill",
    "langue": "language",
    "communaute": "community",
}
LONGEST = 120
# More than a person ticks.
MOST_VALUES = 20
# Values of a function, a team, a site that answer to one typed word.
_MOST_ANSWERS = 200


class OneOf(Func):
    """`filter(OneOf("pk", ids))`: of thousands of ids, as one parameter."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, field: str, ids: Iterable[int]) -> None:
        super().__init__(F(field), Value(ids_parameter(ids)))

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        (column, params), (_said, ids) = map(compiler.compile, self.get_source_expressions())
        return f"{column} {one_of()}", [*params, *ids]


# How the words were understood: as names; as whatever people are and do; with typing errors.
Understood = Literal["", "names", "whatever", "nearly"]


@dataclass(frozen=True)
class Sought:
    words: str = ""
    chosen: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    is_list: bool = False

    @classmethod
    def read(cls, said: Mapping[str, list[str]]) -> "Sought":
        """Of the values of an address. What nobody could have chosen is left out; what exists nowhere finds nobody."""

        def clean(text: str) -> str:
            return " ".join(text[:LONGEST].replace("\0", "").encode(errors="ignore").decode().split())

        chosen: dict[Facet, tuple[str, ...]] = {}
        for name, facet in FACETS.items():
            values = dict.fromkeys(clean(value) for value in said.get(name, [])[:MOST_VALUES])
            if facet == "skill":
                values = {value: None for value in values if value.isascii() and value.isdecimal() and len(value) < 18}
            if kept := tuple(value for value in values if value):
                chosen[facet] = kept
        words = clean((said.get("q") or [""])[-1])
        return cls(words, chosen, (said.get("vue") or [""])[-1] == "liste")

    def of(self, facet: Facet) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def without(self, facet: Facet, value: str | None = None) -> "Sought":
        """With one value less, or without the facet."""
        kept = {f: tuple(v for v in values if value is not None and v != value) if f == facet else values
                for f, values in self.chosen.items()}  # fmt: skip
        return replace(self, chosen={f: values for f, values in kept.items() if values})

    def without_words(self) -> "Sought":
        return replace(self, words="")

    @property
    def bare(self) -> "Sought":
        """Everybody, in the same look."""
        return Sought(is_list=self.is_list)

    @property
    def query(self) -> str:
        """The same as the end of an address; empty for everybody."""
        said: list[tuple[str, str]] = [("q", self.words)] if self.words else []
        said += [(name, value) for name, facet in FACETS.items() for value in self.of(facet)]
        if self.is_list:
            said.append(("vue", "liste"))
        return urlencode(said)

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.chosen)


@dataclass(frozen=True)
class Asked:
    """What was sought, as conditions on people: one for each facet chosen, one for the words."""

    sought: Sought
    here: PersonQuerySet
    conditions: dict[Facet, Q]
    by_words: Q | None
    understood: Understood
    # Which skill stands for one that was merged into it.
    merged: dict[int, int]
    is_of_a_guest: bool

    def people(self) -> PersonQuerySet:
        """Those who answer to all of it."""
        found = self.before_choices()
        for condition in self.conditions.values():
            found = found.filter(condition)
        return found

    def before_choices(self) -> PersonQuerySet:
        """Those whom the typed words leave of whoever is here."""
        return self.here.filter(self.by_words) if self.by_words is not None else self.here

    def is_everybody(self, *, leaving: Facet | None = None) -> bool:
        return self.by_words is None and not (self.conditions.keys() - {leaving})


def asked(*, reader: Person, sought: Sought) -> Asked:
    """One query, one more where a community was chosen; three to six more where words were typed."""
    here = Person.objects.visible_to(reader.scope()).active()
    merged = merged_skills()
    conditions: dict[Facet, Q] = {}
    for facet in ("site", "unit", "title"):
        if sought.of(facet):
            conditions[facet] = Q(**{f"{facet}__in": sought.of(facet)})
    if sought.of("skill"):
        wanted = {merged.get(int(value), int(value)) for value in sought.of("skill")}
        ids = wanted | {skill for skill, now in merged.items() if now in wanted}
        conditions["skill"] = Q(pk__in=HasSkill.objects.filter(skill__in=ids).values("person_id"))
    if sought.of("language"):
        spoken = SpokenLanguage.objects.filter(code__in=sought.of("language"))
        conditions["language"] = Q(pk__in=spoken.values("person_id"))
    if sought.of("community"):
        places = readable_communities(reader).filter(slug__in=sought.of("community"))
        conditions["community"] = Q(pk__in=_members(list(places.values_list("pk", flat=True))).values("person_id"))
    bare = Asked(sought, here, conditions, None, "", merged, reader.is_guest)
    typed = typed_words(sought.words)
    if not typed:
        return bare
    by_words, understood = _understood(typed, bare)
    return replace(bare, by_words=by_words, understood=understood)


def readable_communities(reader: Person) -> CommunityQuerySet:
    """Those whose members the reader may know: what one reads, and is open. Secret ones are in no figure."""
    return (
        Community.objects.readable_by(reader.scope())
        .exclude(access=Community.Access.SECRET)
        .filter(opened_at__isnull=False, archived_at__isnull=True)
    )


def merged_skills() -> dict[int, int]:
    """Skill to the one it is read as, for those that were merged into another. One query."""
    into = dict(Skill.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    found = {}
    for skill in into:
        now, seen = skill, {skill}
        while now in into and into[now] not in seen:
            now = into[now]
            seen.add(now)
        found[skill] = now
    return found


def _members(community_ids: Iterable[int]) -> QuerySet[Membership]:
    stays = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
    return Membership.objects.filter(stays, community__in=list(community_ids))


def _understood(typed: list[str], bare: Asked) -> tuple[Q, Understood]:
    """Names first. Where nobody is so named: names, functions, teams, sites and skills together. Where nobody answers
    to that either: the same with typing errors."""
    here = bare.here
    beginnings = [[word] for word in typed]
    by_names = reduce(and_, (_named(said) for said in beginnings))
    if here.filter(by_names).exists():
        return by_names, "names"
    values = _Values.of(bare)
    whatever = reduce(and_, (_named(said) | values.answering(said) for said in beginnings))
    if found := _ids(here.filter(whatever)):
        return found, "whatever"
    nearly = reduce(
        and_,
        (
            _named(near) | values.answering(values.words.near(word) or [word])
            for word, near in zip(typed, VOCABULARY.near(typed), strict=True)
        ),
    )
    return _ids(here.filter(nearly)) or Q(pk__in=[]), "nearly"


def _ids(people: PersonQuerySet) -> Q | None:
    """Looked for once: the figures ask for them six times."""
    ids = list(people.order_by().values_list("pk", flat=True))
    return Q(OneOf("pk", ids)) if ids else None


def _named(beginnings: list[str]) -> Q:
    begins = reduce(or_, (Q(word__begins=beginning) for beginning in beginnings))
    return Q(pk__in=NameWord.objects.filter(begins).values("person_id"))


@lru_cache(maxsize=20_000)
def _words_of(value: str) -> frozenset[str]:
    return frozenset(words_of(value))


@dataclass(frozen=True)
class _Values:
    """What the people here are and do, in words: every value of three columns, and the names of the skills."""

    columns: dict[str, list[str]]
    skills: list[tuple[int, str]]
    words: Words

    @classmethod
    def of(cls, bare: Asked) -> "_Values":
        """Four queries."""
        columns = {
            column: list(bare.here.exclude(**{column: ""}).order_by().values_list(column, flat=True).distinct())
            for column in ("title", "unit", "site")
        }
        skills = list(SkillName.objects.values_list("skill_id", "key"))
        words = Words()
        for values in (*columns.values(), [key for _skill, key in skills]):
            words.add(word for value in values for word in _words_of(value))
        return cls(columns, skills, words)

    def answering(self, beginnings: list[str]) -> Q:
        def answers(value: str) -> bool:
            return any(word.startswith(beginning) for word in _words_of(value) for beginning in beginnings)

        found = Q()
        for column, values in self.columns.items():
            if here := [value for value in values if answers(value)][:_MOST_ANSWERS]:
                found |= Q(**{f"{column}__in": here})
        if skills := {skill for skill, key in self.skills if answers(key)}:
            found |= Q(pk__in=HasSkill.objects.filter(skill__in=skills).values("person_id"))
        return found or Q(pk__in=[])
