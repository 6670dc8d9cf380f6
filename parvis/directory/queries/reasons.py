"""Why somebody is proposed, in words that the reader may read: what they say, who confirms it, what shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from markupsafe import Markup

from parvis.communities.models import Community, Membership
from parvis.contributions.models import Contribution
from parvis.directory.models import SkillEvidence
from parvis.kernel.audiences.scope import Scope
from parvis.people.models import Person
from parvis.people.skills import Held, held_by, name_confirmers
from parvis.people.stems import is_near, stems_of

if TYPE_CHECKING:
    from parvis.directory.queries.knowers import Meant

# Skills of one person that a proposal names, what shows each, and communities.
_MOST_SKILLS, _MOST_SHOWN, _MOST_PLACES = 2, 1, 2


@dataclass(frozen=True)
class Shown:
    """A contribution that shows a skill, as its link is said."""

    pk: int
    words: str


@dataclass(frozen=True)
class Reason:
    """`kind`: says (with `word`, `confirmed` and `shown`), title, animates, belongs. `community` of the last two."""

    kind: str
    words: str
    word: str = ""
    confirmed: str = ""
    shown: tuple[Shown, ...] = ()
    community: Community | None = None


def reasons_of(people: Sequence[Person], *, meant: Sequence[Meant], reader: Person) -> dict[int, list[Reason]]:
    """By person. Seven queries."""
    scope, person_ids = reader.scope(), [person.pk for person in people]
    held = _skills_said(person_ids, meant)
    lines = [line for some in held.values() for line in some]
    name_confirmers(lines, reader=reader, scope=scope)
    shown = evidence_of(lines, scope)
    places = _places(person_ids, meant, scope)
    wanted = {title for one in meant for title in one.titles}
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for person in people:
        for line in held.get(person.pk, []):
            said = confirmed_in_words(line.confirmers, reader)
            reasons[person.pk].append(
                Reason(
                    "says",
                    line.name,
                    word=line.word,
                    confirmed=said,
                    shown=tuple(shown.get(line.id, [])[:_MOST_SHOWN]),
                )
            )
        here = places.get(person.pk, [])
        # Where people say it themselves, what else points to them would only repeat it.
        if person.title in wanted and not reasons[person.pk]:
            reasons[person.pk].append(Reason("title", as_said(person.title)))
        said_enough = bool(reasons[person.pk])
        reasons[person.pk] += [place for place in here if place.kind == "animates" or not said_enough]
    return reasons


def _skills_said(person_ids: Collection[int], meant: Sequence[Meant]) -> dict[int, list[Held]]:
    """Of each person, those that answer to most of the words, in their own order."""
    skills = {pk for one in meant for pk in one.skills}
    found = held_by(person_ids)

    def answers(line: Held) -> int:
        said = stems_of(line.word)
        return sum(
            line.skill.id in one.skills or any(is_near(stem, other) for stem in said for other in one.stems)
            for one in meant
        )

    kept = {}
    for person_id, lines in found.items():
        ranked = sorted(
            (line for line in lines if line.skill.id in skills or answers(line)), key=answers, reverse=True
        )
        kept[person_id] = ranked[:_MOST_SKILLS]
    return kept


def _places(person_ids: Collection[int], meant: Sequence[Meant], scope: Scope) -> dict[int, list[Reason]]:
    """Communities that the reader may see, asked again here: what one animates, and of those the reader reads, where
    one belongs."""
    animated = {pk for one in meant for pk in one.animated}
    joined = {pk for one in meant for pk in one.joined}
    known = Membership.objects.current().filter(
        Q(community_id__in=[*animated, 0], role=Membership.Role.ANIMATOR) | Q(community_id__in=[*joined, 0]),
        Exists(Community.objects.visible_to(scope).filter(pk=OuterRef("community_id"))),
        person_id__in=[*person_ids, 0],
    )
    found: dict[int, list[Reason]] = defaultdict(list)
    for member in known.select_related("community").order_by("community__sort_key", "pk"):
        kind = "animates" if member.role == Membership.Role.ANIMATOR else "belongs"
        found[member.person_id].append(Reason(kind, member.community.name, community=member.community))
    return {person: sorted(some, key=lambda one: one.kind)[:_MOST_PLACES] for person, some in found.items()}


def evidence_of(lines: Collection[Held], scope: Scope) -> dict[int, list[Shown]]:
    """What shows each line, by its id: what this reader may read of it, the last linked first. One query."""
    line_of = {row: line.id for line in lines for row in line.rows}
    linked = SkillEvidence.objects.filter(
        Exists(Contribution.objects.visible_to(scope).publications().filter(pk=OuterRef("contribution_id"))),
        held_id__in=[*line_of, 0],
    )
    found: dict[int, dict[int, Shown]] = defaultdict(dict)
    rows = linked.select_related("contribution").order_by("-linked_at", "-pk")
    for row in rows:
        found[line_of[row.held_id]].setdefault(row.contribution_id, Shown(row.contribution_id, said(row.contribution)))
    return {line: list(some.values()) for line, some in found.items()}


def said(contribution: Contribution, *, most: int = 90) -> str:
    """Its title, or how its text begins."""
    words = contribution.title or Markup(contribution.html).striptags()  # noqa: S704  its tags are taken off
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def confirmed_in_words(confirmers: Sequence[Person], reader: Person | None) -> str:
    """« Confirmé par vous, Yann Kerbrat et Mireille Fontaine »; "" by nobody. Never how many more there are."""
    names = [_("vous") if reader is not None and one.pk == reader.pk else one.name for one in confirmers]
    if not names:
        return ""
    if len(names) == 1:
        return _("Confirmé par %(name)s") % {"name": names[0]}
    return _("Confirmé par %(names)s et %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def as_said(title: str) -> str:
    """« Soudeuse » within a sentence: « soudeuse »; « DRH » and « CNC » stay."""
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() or len(first) == 1 else title[:1].lower() + title[1:]
