"""« Qui sait… ? »: whom to ask, with the reasons in words. Declared availability first, then a turn that changes every
day: never who is confirmed most, and never a number."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import and_

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from parvis.communities.models import Community, Membership
from parvis.directory.queries.reasons import Reason, reasons_of
from parvis.kernel.text import folded
from parvis.people.models import Block, HasSkill, HeldStem, Person, Presence
from parvis.people.presence import in_words
from parvis.people.skill_list import SkillList, the_skills
from parvis.people.stems import asked_in, is_near, stems_of

MOST = 12
LONGEST = 120
# Titles that one word may mean; beyond, the word says too little.
_MOST_TITLES = 200
# A prime above any id times any factor below: SQLite and PostgreSQL reckon it alike.
_PRIME = 2_147_483_647


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
        return (
            ", ".join(dict.fromkeys(said)) or self.person.title or (self.reasons[0].in_a_word if self.reasons else "")
        )


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
    here = _to_be_asked(reader)
    if community is not None:
        here = here.filter(pk__in=_people_of(community, reader))
    meant = _meant(asked, listed=listed, here=here, reader=reader)
    found = _in_turn(
        here, meant, said=" ".join(asked), most=most, any_word_will_do=community is not None and not words
    )
    reasons = reasons_of([person.pk for person in found], meant=meant, listed=listed, reader=reader, titles=found)
    return [
        Knower(person, _presence(person), bool(person.exact), reasons.get(person.pk, []))  # type: ignore[attr-defined]
        for person in found
    ]


def _to_be_asked(reader: Person) -> QuerySet[Person]:
    """Everybody the reader sees who is still here, but who would rather not be proposed, and who keeps them away."""
    away = Block.objects.filter(blocked=reader).values("person_id")
    blocked = Block.objects.filter(person=reader).values("blocked_id")
    people = Person.objects.visible_to(reader.scope()).active().filter(is_sought=True).exclude(pk=reader.pk)
    return people.exclude(pk__in=away).exclude(pk__in=blocked)


def _people_of(community: Community, reader: Person) -> QuerySet[Membership]:
    """Its members where the reader reads it; else those who welcome at its door."""
    here = Membership.objects.current().filter(community=community)
    if not reader.scope().covers(community.audience_id):
        here = here.filter(role=Membership.Role.ANIMATOR)
    return here.values("person_id")  # type: ignore[return-value]


def _meant(asked: Sequence[str], *, listed: SkillList, here: QuerySet[Person], reader: Person) -> list[Meant]:
    """Two queries: the functions people have, the communities of a métier that the reader may see."""
    scope = reader.scope()
    titles = list(
        Person.objects.get_queryset().active().filter(activated_at__isnull=False).exclude(title="")
        .order_by().values_list("title", flat=True).distinct()
    )  # fmt: skip
    trades = (
        Community.objects.visible_to(scope)
        .filter(kind=Community.Kind.TRADE, archived_at__isnull=True, opened_at__isnull=False)
        .order_by("pk")
        .values_list("pk", "name", "audience_id")
    )
    named = [(pk, _stems(name), audience) for pk, name, audience in trades]
    meant = []
    for stem in asked:
        same = [stem, *(known for known in listed.stems_like(stem) if known != stem)]
        places = [(pk, audience) for pk, stems, audience in named if _says(stems, same)]
        meant.append(
            Meant(
                stem=stem,
                skills=frozenset(pk for root in listed.about(stem) for pk in listed.listed[root].family),
                stems=tuple(same),
                titles=tuple(title for title in titles if _says(_stems(title), same))[:_MOST_TITLES],
                animated=frozenset(pk for pk, _audience in places),
                joined=frozenset(pk for pk, audience in places if scope.covers(audience)),
            )
        )
    return meant


def _in_turn(
    here: QuerySet[Person], meant: Sequence[Meant], *, said: str, most: int, any_word_will_do: bool
) -> list[Person]:
    """One query. Exactly what was asked comes first; then declared availability; then the turn of the day."""
    every = reduce(and_, (Q(pk__in=_people_who(one)) for one in meant))
    near = reduce(lambda some, more: some.union(more, all=True), (_people_who(one, joined=True) for one in meant))
    exact = Case(When(every, then=1), default=0, output_field=IntegerField())
    now = timezone.now()
    holds = Q(presence__until__isnull=True) | Q(presence__until__gt=now)
    availability = Case(
        When(holds, presence__state=Presence.State.AVAILABLE, then=0),
        When(holds, presence__state=Presence.State.BUSY, then=2),
        When(holds, presence__state=Presence.State.AWAY, then=3),
        default=1,
        output_field=IntegerField(),
    )
    factor, shift = _turn(timezone.localdate().isoformat(), said)
    turn = ExpressionWrapper((F("pk") * Value(factor) + Value(shift)) % Value(_PRIME), output_field=BigIntegerField())
    order = ["availability", "turn", "pk"] if any_word_will_do else ["-exact", "availability", "turn", "pk"]
    found = here.filter(pk__in=near).annotate(exact=exact, availability=availability, turn=turn)
    return list(found.select_related("presence").order_by(*order)[:most])


def _people_who(one: Meant, *, joined: bool = False) -> "QuerySet[HasSkill, dict[str, int]]":
    """The ids of those who say this word in one way or another, each way by its own index."""
    stays = Membership.objects.current()
    ways = [
        HasSkill.objects.filter(skill_id__in=one.skills).values("person_id"),
        HeldStem.objects.filter(stem__in=one.stems).values("held__person_id"),
        Person.objects.get_queryset().active().filter(activated_at__isnull=False, title__in=one.titles).values("pk"),
        stays.filter(community_id__in=one.animated, role=Membership.Role.ANIMATOR).values("person_id"),
    ]
    if joined:
        ways.append(stays.filter(community_id__in=one.joined).values("person_id"))
    first, *others = (way.order_by() for way in ways)
    return first.union(*others, all=True)  # type: ignore[return-value]


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
