"""The shared list of what people can do, held in memory: found by its names in both languages, those of what was
merged, inflected words and typing errors. Read again when its mark says that it changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from rapidfuzz import fuzz, process

from parvis.kernel.text import folded
from parvis.people.models import Skill, SkillListMark, SkillName
from parvis.people.stems import asked_in, is_near, stems_of, words_in

PROPOSED = 8
# Out of 100: how alike two names are before one is proposed instead of the other, and two words for a typing error.
ALIKE, MISTYPED = 86, 82


@dataclass(frozen=True)
class Listed:
    """A skill that stands for itself, with everything that was merged into it."""

    id: int
    name_fr: str
    name_en: str
    is_given: bool
    # Its own first, then those merged into it, whatever the depth.
    family: tuple[int, ...]
    keys: tuple[str, ...]
    stems: frozenset[str]
    # Other names by which it is found, in nobody's language in particular.
    others: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "fr").startswith("en") else self.name_fr


class SkillList:
    def __init__(self, skills: Iterable[Skill], names: Iterable[tuple[int, str]]) -> None:
        rows = {skill.pk: skill for skill in skills}
        self._roots = {pk: _root(pk, rows) for pk in rows}
        families, keys = defaultdict(list), defaultdict(list)
        for pk in sorted(rows):
            families[self._roots[pk]].append(pk)
        for skill_id, key in names:
            keys[self._roots[skill_id]].append(key)
        self.listed = {
            root: _listed(rows[root], [rows[pk] for pk in family if pk != root], sorted(keys[root]))
            for root, family in families.items()
        }
        self._by_key = {key: root for root, some in keys.items() for key in some}
        self._by_stem: dict[str, set[int]] = defaultdict(set)
        for listed in self.listed.values():
            for stem in listed.stems:
                self._by_stem[stem].add(listed.id)
        self._stems = list(self._by_stem)

    def root_of(self, skill_id: int) -> Listed:
        """What a skill is read as: itself, or what it was merged into. Raises KeyError for one that is not there."""
        return self.listed[self._roots[skill_id]]

    def named(self, name: str) -> Listed | None:
        root = self._by_key.get(folded(name)[:160])
        return None if root is None else self.listed[root]

    def stems_like(self, stem: str) -> list[str]:
        """The stems of the list that say the same; where there are none, those one may have meant to type."""
        same = [known for known in self._stems if is_near(known, stem)]
        if same or len(stem) < 4:
            return same
        found = process.extract(stem, self._stems, scorer=fuzz.ratio, limit=3, score_cutoff=MISTYPED)
        return [known for known, _score, _at in found]

    def about(self, stem: str) -> set[int]:
        """The skills of which a name has this stem."""
        return {root for known in self.stems_like(stem) for root in self._by_stem[known]}

    def proposed(self, words: str, *, only_given: bool = False, most: int = PROPOSED) -> list[Listed]:
        """As one types: names that begin so, then those of which each word begins so, then inflected or mistyped."""
        typed = folded(words)[:80]
        begun = typed.replace("'", " ").split()
        if not begun:
            return []
        ranks: dict[int, int] = {}
        for key, root in self._by_key.items():
            rank = _rank(typed, begun, key)
            if rank < ranks.get(root, 9):
                ranks[root] = rank
        asked = asked_in(words)
        for root in set.intersection(*(self.about(stem) for stem in asked)) if asked else ():
            ranks.setdefault(root, 3)
        if not ranks and len(typed) > 3:
            alike = process.extract(typed, self._by_key.keys(), scorer=fuzz.WRatio, limit=most, score_cutoff=ALIKE)
            ranks = {self._by_key[key]: 4 for key, _score, _at in alike}
        found = [self.listed[root] for root in ranks if self.listed[root].is_given or not only_given]
        return sorted(found, key=lambda one: (ranks[one.id], folded(one.name), one.id))[:most]

    def near(self, name: str, *, only_given: bool = False, most: int = 5) -> list[Listed]:
        """Those that a new name might say again: the same stems, or nearly the same letters."""
        key, stems = folded(name)[:160], stems_of(name)
        alike = {
            self._by_key[found]: score
            for found, score, _at in process.extract(
                key, self._by_key.keys(), scorer=fuzz.token_sort_ratio, limit=most * 2, score_cutoff=ALIKE
            )
        }
        for known in self.listed.values():
            if stems and (stems == known.stems or any(stems == stems_of(other) for other in known.keys)):
                alike[known.id] = 100
        found = [self.listed[root] for root in alike if self.listed[root].is_given or not only_given]
        return sorted(found, key=lambda one: (-alike[one.id], folded(one.name)))[:most]


def the_skills() -> SkillList:
    """One query; two more when the list changed since this process last read it."""
    mark = SkillListMark.objects.filter(pk=1).values_list("mark", flat=True).first()
    return _read() if mark is None else _held(mark)


@lru_cache(maxsize=2)
def _held(_mark: str) -> SkillList:
    return _read()


def _read() -> SkillList:
    return SkillList(
        Skill.objects.only("name_fr", "name_en", "merged_into_id", "is_given").order_by("pk"),
        SkillName.objects.order_by("pk").values_list("skill_id", "key"),
    )


def _root(pk: int, rows: dict[int, Skill]) -> int:
    seen = {pk}
    while (into := rows[pk].merged_into_id) is not None and into not in seen:
        seen.add(into)
        pk = into
    return pk


def _listed(skill: Skill, merged: list[Skill], keys: list[str]) -> Listed:
    own = {folded(skill.name_fr), folded(skill.name_en)}
    names = [name for other in merged for name in (other.name_fr, other.name_en)]
    return Listed(
        id=skill.pk,
        name_fr=skill.name_fr,
        name_en=skill.name_en,
        is_given=skill.is_given,
        family=(skill.pk, *(other.pk for other in merged)),
        keys=tuple(keys),
        stems=frozenset().union(*map(stems_of, keys)) if keys else frozenset(),
        others=tuple(dict.fromkeys(name for name in names if folded(name) not in own)),
    )


def _rank(typed: str, begun: list[str], key: str) -> int:
    if key.startswith(typed):
        return 0 if key == typed else 1
    words = words_in(key)
    return 2 if all(any(word.startswith(start) for word in words) for start in begun) else 9
