"""« Qui sait… ? »: whom to ask, with the reasons in words. Declared availability first, then a turn that changes every
day: never who is confirmed most, and never a number."""

import hashlib
import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from parvis.communities.models import Community, Membership
from parvis.directory.queries.knowing_sql import declared_states, titles_here, to_be_asked, who_says
from parvis.directory.queries.reasons import Reason, reasons_of
from parvis.kernel.text import folded
from parvis.people.models import Person, Presence
from parvis.people.presence import in_words
from parvis.people.skill_list import SkillList, the_skills
from parvis.people.stems import asked_in, is_near, stems_of

MOST = 12
LONGEST = 120
# Titles that one word may mean; beyond, the word says too little.
_MOST_TITLES = 200
# A prime above any factor: each turn is then an order of its own.
_PRIME = 2_147_483_647
# Looked at beside those that are shown: who may not be seen, has left or would rather not be asked gives their place.
_SPARE = 300
# None: who says nothing of it.
_IN_ORDER = (Presence.State.AVAILABLE.value, None, Presence.State.BUSY.value, Presence.State.AWAY.value)


@dataclass(frozen=True)
class Knower:
    """Somebody to ask. `is_exact`: what they say answers to every word, not to some."""

    person: Person
    presence: Presence | None
    is_exact: bool
    reasons: list[Reason] = field(default_factory=list)

    @property
    def presence_word(self) -> str:
        return in_words(self.presence) if self.presence else ""

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.person.title, self.person.unit, self.person.site) if part)

    @property
    def in_short(self) -> str:
        """« TIG orbital, inertage »: what they say, in a line of a side column."""
        said = [reason.word or reason.words for reason in self.reasons if reason.kind == "says"]
        return ", ".join(dict.fromkeys(said)) or self.person.title


@dataclass(frozen=True)
class Meant:
    """What one word of the question means here."""

    stem: str
    skills: frozenset[int]
    stems: tuple[str, ...]
    titles: tuple[str, ...]
    # Those whose name says it: of whoever animates them, and of whoever belongs to them.
    animated: frozenset[int]
    joined: frozenset[int]


def who_knows(*, words: str, reader: Person, community: Community | None = None, most: int = MOST) -> list[Knower]:
    """At most `most` people whom the reader may see and who are willing to be asked. Within a community: its members,
    by default about what it is named after. A fixed number of queries: whatever the words, the people and the rows.

    Not the reader, nor who keeps the reader away.
    """
    asked = asked_in(words[:LONGEST]) or (asked_in(community.name) if community else [])
    if not asked:
        return []
    listed = the_skills()
    meant = _meant(asked, listed=listed, reader=reader)
    found = _in_turn(
        reader,
        meant,
        said=" ".join(asked),
        most=most,
        any_word_will_do=community is not None and not words,
        within=_people_of(community, reader) if community is not None else None,
    )
    people = [person for person, _presence, _is_exact in found]
    reasons = reasons_of(people, meant=meant, reader=reader)
    return [Knower(person, presence, is_exact, reasons.get(person.pk, [])) for person, presence, is_exact in found]


def _people_of(community: Community, reader: Person) -> set[int]:
    """Its members where the reader reads it; else those who welcome at its door."""
    here = Membership.objects.current().filter(community=community)
    if not reader.scope().covers(community.audience_id):
        here = here.filter(role=Membership.Role.ANIMATOR)
    return set(here.order_by().values_list("person_id", flat=True))


def _meant(asked: Sequence[str], *, listed: SkillList, reader: Person) -> list[Meant]:
    """Two queries: the functions people have, the communities of a métier that the reader may see."""
    scope = reader.scope()
    titles = _by_stem(titles_here())
    same = {stem: [stem, *(known for known in listed.stems_like(stem) if known != stem)] for stem in asked}
    # Narrowed by how the words begin: which endings are of one family is told afterwards.
    begins = reduce(or_, (Q(sort_key__contains=one[: max(4, len(one) - 1)]) for some in same.values() for one in some))
    trades = (
        Community.objects.visible_to(scope)
        .filter(begins, kind=Community.Kind.TRADE, archived_at__isnull=True, opened_at__isnull=False)
        .order_by("pk")
        .values_list("pk", "name", "audience_id")
    )
    named = [(pk, _stems(name), audience) for pk, name, audience in trades]
    meant = []
    for stem in asked:
        places = [(pk, audience) for pk, stems, audience in named if _says(stems, same[stem])]
        said = {title for known, some in titles.items() if _says([known], same[stem]) for title in some}
        meant.append(
            Meant(
                stem=stem,
                skills=frozenset(pk for root in listed.about(stem) for pk in listed.listed[root].family),
                stems=tuple(same[stem]),
                titles=tuple(sorted(said)[:_MOST_TITLES]),
                animated=frozenset(pk for pk, _audience in places),
                joined=frozenset(pk for pk, audience in places if scope.covers(audience)),
            )
        )
    return meant


@lru_cache(maxsize=4)
def _by_stem(texts: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for stem in _stems(text):
            found[stem].append(text)
    return dict(found)


def _in_turn(
    reader: Person,
    meant: Sequence[Meant],
    *,
    said: str,
    most: int,
    any_word_will_do: bool,
    within: set[int] | None,
) -> list[tuple[Person, Presence | None, bool]]:
    """Exactly what was asked comes first; then declared availability; then the turn of the day. Those who say it are
    drawn as ids, and only the first of them looked at: a skill may be half of the company's. One query a word, and
    two."""
    ways = [
        who_says(skills=one.skills, stems=one.stems, titles=one.titles, animated=one.animated, joined=one.joined)
        for one in meant
    ]
    near = set().union(*(people for way in ways for people in way))
    exact = set.intersection(*(sayers for sayers, _members in ways))
    if within is not None:
        near &= within
    first = _first(near, set() if any_word_will_do else near & exact, said, most + _SPARE)
    # Whom a guest keeps away is read by nobody else.
    found = to_be_asked(first, reader.scope(), most=most, heeds_blocks=not reader.is_seen_by_another)
    return [(person, presence, person.pk in exact) for person, presence in found]


def _first(near: set[int], exact: set[int], said: str, most: int) -> list[int]:
    """The first `most` of these, group by group: nobody is looked at who would stand behind them."""
    factor, shift = _turn(timezone.localdate().isoformat(), said)
    back = pow(factor, -1, _PRIME)
    states = {state: set(ids) for state, ids in declared_states().items()}
    declared = set().union(*states.values())
    first: list[int] = []
    for group in (exact, near - exact):
        for state in _IN_ORDER:
            here = group - declared if state is None else group & states.get(state, set())
            turns = heapq.nsmallest(most - len(first), [(pk * factor + shift) % _PRIME for pk in here])
            first += [(turn - shift) * back % _PRIME for turn in turns]
            if len(first) == most:
                return first
    return first


def _turn(day: str, said: str) -> tuple[int, int]:
    """Another order every day for the same words, and another for other words on the same day."""
    drawn = hashlib.blake2b(f"{day} {said}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn[:4]) % (_PRIME - 1) + 1, int.from_bytes(drawn[4:]) % _PRIME


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems_of(text))


def _says(stems: Iterable[str], asked: Iterable[str]) -> bool:
    return any(is_near(stem, one) for stem in stems for one in asked)


_ASKING = re.compile(
    r"^\W*(?:qui|quelqu'un|who|anyone|anybody|somebody|someone)\s+"
    r"(?:sait|saurait|connait|connaitrait|peut|pourrait|parle|knows?|can|could|speaks?)\b(?:\s+how to\b)?\s*"
)


def asked_of_people(words: str) -> str | None:
    """What a question asks of people: « Qui sait souder l’inox ? » gives « souder l’inox ». None for other words."""
    said = " ".join(words[:LONGEST].replace("’", "'").split())
    found = _ASKING.match(folded(said))
    if found is None:
        return None
    # Folding changes lengths: the words are counted off instead.
    rest = " ".join(said.split()[len(found.group().split()) :]).rstrip(" ?!….\u202f\u00a0")
    return rest.replace("'", "’") if asked_in(rest) else None
