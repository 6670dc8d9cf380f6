"""The facets of the directory: for each, the values of those whom the other choices leave, and how many hold them.

Counted of whom the reader may see and of nobody else: a value that only others hold is not there. Communities have no
figure, since their size is none of the directory's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest

from django.db.models import Q
from django.utils.translation import gettext as _

from parvis.directory.queries.figures import Counts
from parvis.directory.queries.sought import FACETS, Asked, Facet, readable_communities
from parvis.kernel.text import folded
from parvis.people.languages import is_known, language_named
from parvis.people.models import Person, Skill
from parvis.people.names import Words, typed_words, words_of

SHOWN = 8
# Of a facet in which one searches.
HITS = 20


@dataclass(frozen=True)
class Option:
    """One value. `count` is None for a community."""

    value: str
    word: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class FacetBox:
    """One facet as the page shows it: what was chosen, then the first by how many hold them, then by name."""

    facet: Facet
    # What an address calls it.
    name: str
    title: str
    options: list[Option]
    # How many values are not shown: then one searches among them.
    others: int
    typed: str

    @property
    def is_searched(self) -> bool:
        return bool(self.others or self.typed)


def titles() -> dict[Facet, str]:
    return {
        "site": _("Site"),
        "unit": _("Équipe"),
        "title": _("Fonction"),
        "skill": _("Savoir-faire"),
        "language": _("Langue parlée"),
        "community": _("Communauté"),
    }


def boxes(asked: Asked, counted: Counts, *, reader: Person, typed: Mapping[Facet, str]) -> list[FacetBox]:
    """What the page shows of each facet; `typed`: the words searched among its values. Two queries."""
    made = []
    for name, facet in FACETS.items():
        words = typed.get(facet, "")
        if facet == "community":
            box = _communities(asked, reader=reader, typed=words)
        else:
            box = _box(facet, name, asked, counted[facet], words)
        if box.options or box.typed:
            made.append(box)
    return made


def _words(facet: Facet, asked: Asked, values: Iterable[str]) -> dict[str, str]:
    """What the values are called; one query for skills. Those that nobody could have chosen are left out, and a guest
    learns no name of a skill from its number."""
    if facet == "language":
        return {code: language_named(code) for code in values if is_known(code)}
    if facet == "skill":
        skills = Skill.objects.filter(pk__in=[0, *map(int, values)])  # asked also of nobody: always one query
        return {str(skill.pk): skill.name for skill in skills}
    return {value: value for value in values}


def _box(facet: Facet, name: str, asked: Asked, held: dict[str, int], typed: str) -> FacetBox:
    chosen = list(asked.sought.of(facet))
    if facet == "skill":
        chosen = [str(asked.merged.get(int(value), int(value))) for value in chosen]
        if asked.is_of_a_guest:
            chosen = [value for value in chosen if value in held]
    others = [value for value in held if value not in chosen]
    most = HITS if typed_words(typed) else SHOWN
    if not typed_words(typed) and len(others) > most:
        # Only those that many hold can be among the first.
        least = nlargest(most, (held[value] for value in others))[-1]
        others = [value for value in others if held[value] >= least]
    words = _words(facet, asked, [*chosen, *others])
    if typed_words(typed):
        others = _answering(typed, {value: words[value] for value in others if value in words})
    others = [value for value in others if value in words]
    others.sort(key=lambda value: (-held[value], folded(words[value]), value))
    options = [Option(value, words[value], held.get(value, 0), True) for value in chosen if value in words]
    options += [Option(value, words[value], held[value], False) for value in others[:most]]
    return FacetBox(facet, name, titles()[facet], options, len({*held, *chosen}) - len(options), typed)


def _answering(typed: str, words: dict[str, str]) -> list[str]:
    """The values each typed word begins a word of; nearly so, where there is none."""
    of_value = {value: words_of(word) for value, word in words.items()}

    def answering(beginnings: list[list[str]]) -> list[str]:
        return [
            value
            for value, known in of_value.items()
            if all(any(k.startswith(b) for k in known for b in near) for near in beginnings)
        ]

    asked_for = typed_words(typed)
    found = answering([[word] for word in asked_for])
    if found:
        return found
    all_words = Words(word for known in of_value.values() for word in known)
    return answering([all_words.near(word) or [word] for word in asked_for])


def _communities(asked: Asked, *, reader: Person, typed: str) -> FacetBox:
    """One's own by name, those chosen, and those one searches for. One query."""
    chosen = asked.sought.of("community")
    readable = readable_communities(reader)
    mine = Q(slug__in=chosen)
    mine |= Q(pk__in=readable.named(typed).values("pk")) if typed_words(typed) else Q(memberships__person=reader)
    found = list(readable.filter(mine).distinct().order_by("sort_key", "pk").values_list("slug", "name")[: HITS * 2])
    rest = [place for place in found if place[0] not in chosen]
    most = HITS if typed else SHOWN
    options = [Option(slug, name, None, True) for slug, name in found if slug in chosen]
    options += [Option(slug, name, None, False) for slug, name in rest[:most]]
    # Whether there are more is not asked: one may always look for another.
    others = 0 if reader.is_guest and len(rest) <= most else 1
    return FacetBox("community", "communaute", titles()["community"], options, others, typed)
