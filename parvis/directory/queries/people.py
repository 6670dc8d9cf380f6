"""A page of the directory: people by name, what each can do, and the facets that narrow it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from parvis.communities.cursors import NameCursor
from parvis.directory.queries import facets, figures
from parvis.directory.queries.facets import FacetBox
from parvis.directory.queries.sought import Asked, Facet, Sought, asked
from parvis.people.models import HasSkill, Person, Presence
from parvis.people.presence import in_words, presence_of

PEOPLE = 24
SKILLS = 3


@dataclass(frozen=True)
class Card:
    """Somebody in the directory: what a colleague looks for before writing to them."""

    person: Person
    # "Soudeuse, Atelier 3, Lyon" in parts, as the directory gives them.
    where: str
    skills: list[str]
    presence: Presence | None

    @property
    def presence_word(self) -> str:
        return in_words(self.presence) if self.presence else ""


@dataclass(frozen=True)
class Ticked:
    """One thing that narrows the list, and the address without it."""

    word: str
    query: str


@dataclass(frozen=True)
class PeoplePage:
    asked: Asked
    cards: list[Card]
    total: int
    next_cursor: NameCursor | None
    boxes: list[FacetBox]

    @property
    def sought(self) -> Sought:
        return self.asked.sought

    @property
    def ticked(self) -> list[Ticked]:
        """The values chosen, in the order of the facets."""
        return [
            Ticked(option.word, self.sought.without(box.facet, option.value).query)
            for box in self.boxes
            for option in box.options
            if option.is_chosen
        ]

    @property
    def wider(self) -> list[Ticked]:
        """What one might give up where nobody answers: each thing, when there are several."""
        words = [Ticked(self.sought.words, self.sought.without_words().query)] if self.sought.words else []
        found = [*words, *self.ticked]
        return found[:4] if len(found) > 1 else []

    @property
    def next_query(self) -> str:
        said = self.sought.query
        return f"{said}&apres={self.next_cursor}" if said else f"apres={self.next_cursor}"


def people_page(
    *, reader: Person, sought: Sought, after: NameCursor | None = None, typed: Mapping[Facet, str] | None = None
) -> PeoplePage:
    """By name, as French sorts. Seven queries; one more where a community was chosen, up to six where words were
    typed. `typed`: the words searched among the values of a facet."""
    found = asked(reader=reader, sought=sought)
    shown = list(in_order(_after(found.people(), after))[: PEOPLE + 1])
    cards = _cards(shown[:PEOPLE], found)
    last = shown[PEOPLE - 1] if len(shown) > PEOPLE else None
    counted, total = figures.counts(found)
    return PeoplePage(
        asked=found,
        cards=cards,
        total=total,
        next_cursor=NameCursor("", last.sort_key, last.pk) if last else None,
        boxes=facets.boxes(found, counted, reader=reader, typed=typed or {}),
    )


def in_order(people: QuerySet[Person]) -> QuerySet[Person]:
    """By the folded name, on either engine."""
    return people.order_by("sort_key", "pk")


def _after(people: QuerySet[Person], after: NameCursor | None) -> QuerySet[Person]:
    if after is None:
        return people
    # Said so that the index is entered at the name.
    return people.filter(Q(sort_key__gt=after.name) | Q(pk__gt=after.id), sort_key__gte=after.name)


def _cards(people: Collection[Person], found: Asked) -> list[Card]:
    """Two queries."""
    ids = [person.pk for person in people]
    presences = presence_of(ids)
    skills: dict[int, dict[int, str]] = defaultdict(dict)
    held = HasSkill.objects.filter(person__in=ids).select_related("skill", "skill__merged_into")
    for one in held.order_by("person", "position", "pk"):
        skill = one.skill.merged_into or one.skill
        skills[one.person_id].setdefault(skill.pk, skill.name)
    return [
        Card(
            person=person,
            where=", ".join(part for part in (person.unit, person.site) if part),
            skills=list(skills[person.pk].values())[:SKILLS],
            presence=presences.get(person.pk),
        )
        for person in people
    ]
