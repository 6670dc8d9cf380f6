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

from django.db.models import Q, QuerySet
from django.utils import timezone

from parvis.communities.models import Community, Membership
from parvis.directory.queries.reasons import Reason, reasons_of
from parvis.kernel.text import folded
from parvis.people.models import Block, HasSkill, HeldStem, Person, Presence
from parvis.people.models.person import HERE
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
_AVAILABILITY = {Presence.State.AVAILABLE.value: 0, Presence.State.BUSY.value: 2, Presence.State.AWAY.value: 3}
_UNSAID = 1
# An empty list would spare its query, and what a page costs would depend on who is there.
_NOBODY = 0


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
        _to_be_asked(reader),
        meant,
        said=" ".join(asked),
        most=most,
        any_word_will_do=community is not None and not words,
        within=_people_of(community, reader) if community is not None else None,
    )
    people = [person for person, _is_exact in found]
    reasons = reasons_of(people, meant=meant, reader=reader)
    return [Knower(person, _presence(person), is_exact, reasons.get(person.pk, [])) for person, is_exact in found]


def _to_be_asked(reader: Person) -> QuerySet[Person]:
    """Everybody the reader sees who is still here, but who would rather not be proposed, and who keeps them away."""
    away = Block.objects.filter(blocked=reader).values("person_id")
    blocked = Block.objects.filter(person=reader).values("blocked_id")
    people = Person.objects.visible_to(reader.scope()).active().filter(is_sought=True).exclude(pk=reader.pk)
    return people.exclude(pk__in=away).exclude(pk__in=blocked)


def _people_of(community: Community, reader: Person) -> set[int]:
    """Its members where the reader reads it; else those who welcome at its door."""
    here = Membership.objects.current().filter(community=community)
    if not reader.scope().covers(community.audience_id):
        here = here.filter(role=Membership.Role.ANIMATOR)
    return set(here.order_by().values_list("person_id", flat=True))


def _meant(asked: Sequence[str], *, listed: SkillList, reader: Person) -> list[Meant]:
    """Two queries: the functions people have, the communities of a métier that the reader may see."""
    scope = reader.scope()
    titles = _by_stem(tuple(sorted(_titled().exclude(title="").order_by().values_list("title", flat=True).distinct())))
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
    here: QuerySet[Person],
    meant: Sequence[Meant],
    *,
    said: str,
    most: int,
    any_word_will_do: bool,
    within: set[int] | None,
) -> list[tuple[Person, bool]]:
    """Exactly what was asked comes first; then declared availability; then the turn of the day. Those who say it are
    drawn as ids, and only the first of them looked at: a skill may be half of the company's. Five queries a word, and
    two."""
    sayers = [_people_who(one) for one in meant]
    near = set().union(*sayers, *(_members_of(one) for one in meant))
    exact = set.intersection(*sayers)
    if within is not None:
        near &= within
    states = dict(
        Presence.objects.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
        .order_by()
        .values_list("person_id", "state")
    )
    factor, shift = _turn(timezone.localdate().isoformat(), said)

    drawn = exact & near if len(exact & near) >= most + _SPARE and not any_word_will_do else near

    def place(pk: int) -> int:
        comes_later = 0 if any_word_will_do or pk in exact else 4
        said_of_it = _AVAILABILITY[states[pk]] if pk in states else _UNSAID
        return (comes_later + said_of_it) * _PRIME + (pk * factor + shift) % _PRIME

    first = heapq.nsmallest(most + _SPARE, drawn, key=place)
    found = here.select_related("presence").in_bulk([*first, _NOBODY])
    return [(found[pk], pk in exact) for pk in first if pk in found][:most]


def _people_who(one: Meant) -> set[int]:
    """The ids of those who say this word in one way or another, each way by its own index."""
    ways = [
        HasSkill.objects.filter(skill_id__in=[*one.skills, _NOBODY]).values_list("person_id", flat=True),
        HeldStem.objects.filter(stem__in=one.stems).values_list("held__person_id", flat=True),
        _titled().filter(title__in=[*one.titles, "\t"]).values_list("pk", flat=True),
        Membership.objects.current()
        .filter(community_id__in=[*one.animated, _NOBODY], role=Membership.Role.ANIMATOR)
        .values_list("person_id", flat=True),
    ]
    return {pk for way in ways for pk in way.order_by()}


def _members_of(one: Meant) -> set[int]:
    found = Membership.objects.current().filter(community_id__in=[*one.joined, _NOBODY])
    return set(found.order_by().values_list("person_id", flat=True))


def _titled() -> QuerySet[Person]:
    """As the index of titles has them."""
    return Person.objects.get_queryset().filter(HERE)


def _turn(day: str, said: str) -> tuple[int, int]:
    """Another order every day for the same words, and another for other words on the same day."""
    drawn = hashlib.blake2b(f"{day} {said}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn[:4]) % (_PRIME - 1) + 1, int.from_bytes(drawn[4:]) % _PRIME


def _presence(person: Person) -> Presence | None:
    said: Presence | None = getattr(person, "presence", None)
    return said if said is not None and (said.until is None or said.until > timezone.now()) else None


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
