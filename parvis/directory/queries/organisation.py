"""The organisation chart, as the directory says it: who is above somebody, and who is in their team.

It names those who are here and nobody else: whoever has not come in, or has gone, is a step without a name, so that
the chain goes on. A chain that comes back on itself is said as it is. Four queries at any depth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from parvis.kernel.database.reading import rows
from parvis.people.faces import hue_of, initials_of
from parvis.people.models import Person, Presence
from parvis.people.models.person import NOT_HERE
from parvis.people.presence import presence_of

# Looked at above somebody: a longer chain goes on from its last step. A loop of more people would look like a chain.
LOOKED_AT = 200
# Of these, shown at once.
SHOWN_ABOVE = 8
TEAM = 50
# Steps without a name that lead on to a team.
NAMELESS = 50

_ABOVE = """
WITH RECURSIVE up(id, n) AS (
  SELECT manager_id, 1 FROM people_person WHERE id = %s AND manager_id IS NOT NULL
  UNION ALL
  SELECT p.manager_id, up.n + 1 FROM up JOIN people_person p ON p.id = up.id
  WHERE p.manager_id IS NOT NULL AND up.n < %s)
SELECT p.id, p.name, p.title, p.photo_id, p.activated_at IS NOT NULL, p.suspended_at IS NOT NULL, p.is_guest
FROM up JOIN people_person p ON p.id = up.id ORDER BY up.n
"""


@dataclass(frozen=True)
class Step:
    """One place of the chart. `name` is empty for whoever is not here; then nothing else is said of them either."""

    pk: int
    name: str
    title: str
    photo_id: int | None
    has_gone: bool
    has_team: bool
    presence: Presence | None = None

    @property
    def is_named(self) -> bool:
        return bool(self.name)

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def hue(self) -> int:
        return hue_of(self.pk)


@dataclass(frozen=True)
class Team:
    """A page of those whom the directory puts under somebody: by name, then steps without a name."""

    steps: Sequence[Step]
    next_id: int | None


@dataclass(frozen=True)
class Chart:
    """`above` from the highest to the nearest. `loop` when the chain comes back on itself: everybody of the circle, in
    its order; `is_within` when the one in the centre is one of them."""

    centre: Step
    above: Sequence[Step]
    team: Team
    higher_id: int | None = None
    loop: Sequence[Step] = field(default_factory=tuple)
    is_within: bool = False

    @property
    def has_no_manager(self) -> bool:
        return not self.above and not self.loop


def chart_of(person_id: int, *, after_id: int = 0) -> Chart | None:
    """None for whoever does not stand in it: nobody, a guest, somebody who is not here and leads nobody."""
    found: Any = Person.objects.get_queryset().filter(pk=person_id, is_guest=False).annotate(has_team=_LEADS).first()
    if found is None or (not _is_here(found) and not found.has_team):
        return None
    above, loop, is_within, higher_id = _above(person_id)
    team = team_of(person_id, after_id=after_id)
    said = presence_of([found.pk]) if _is_here(found) else {}
    return Chart(_step(found, said), above, team, higher_id, loop, is_within)


def team_of(person_id: int, *, after_id: int = 0) -> Team:
    """By name, a page at a time; on the last page those without a name who lead somebody."""
    team = _in_chart().filter(manager_id=person_id)
    return _page(team, team.filter(_LEADS), after_id)


def tops(*, after_id: int = 0) -> Team:
    """Those who lead somebody and have no manager: where one begins to walk down."""
    found = _in_chart().filter(manager__isnull=True, pk__in=_MANAGERS)
    return _page(found, found, after_id)


def alone(*, after_id: int = 0) -> Team:
    """Those whom the directory puts under nobody and over nobody."""
    found = _in_chart().filter(manager__isnull=True).exclude(pk__in=_MANAGERS)
    named = _after(found, after_id)
    return _team(named, [], TEAM)


_LEADS = Exists(Person.objects.get_queryset().filter(manager=OuterRef("pk"), is_guest=False))
_MANAGERS = Person.objects.get_queryset().filter(manager__isnull=False, is_guest=False).values("manager_id")


def _in_chart() -> Any:
    return Person.objects.get_queryset().filter(is_guest=False)


def _is_here(person: Any) -> bool:
    return person.activated_at is not None and person.suspended_at is None


def _after(found: Any, after_id: int) -> list[Person]:
    """Those who are here, by name, after one of them."""
    here = found.exclude(NOT_HERE).annotate(has_team=_LEADS)
    last = Person.objects.get_queryset().filter(pk=after_id).values_list("sort_key", "pk").first()
    if last:
        here = here.filter(Q(sort_key__gt=last[0]) | Q(sort_key=last[0], pk__gt=last[1]))
    return list(here.order_by("sort_key", "pk")[: TEAM + 1])


def _page(found: Any, leading: Any, after_id: int) -> Team:
    """Those without a name come last and in no order of names: it would say something of them. They are shown where
    they lead somebody (`leading`)."""
    nameless = list(leading.filter(NOT_HERE).annotate(has_team=_LEADS).order_by("pk")[:NAMELESS])
    return _team(_after(found, after_id), nameless, TEAM)


def _team(named: list[Person], nameless: list[Person], size: int) -> Team:
    is_last = len(named) <= size
    shown = named[:size]
    said = presence_of([person.pk for person in shown])
    steps = [_step(person, said) for person in [*shown, *(nameless if is_last else [])]]
    return Team(steps, None if is_last else shown[-1].pk)


def _step(person: Any, said: dict[int, Presence]) -> Step:
    if not _is_here(person):
        return Step(person.pk, "", "", None, person.suspended_at is not None, person.has_team)
    return Step(person.pk, person.name, person.title, person.photo_id, False, person.has_team, said.get(person.pk))


def _above(person_id: int) -> tuple[list[Step], tuple[Step, ...], bool, int | None]:
    """The chain from the highest shown to the nearest; the loop it ends in; whether the person is in that loop; from
    where the rest is read. A guest leads nobody: the chain ends below them."""
    chain: list[Step] = []
    for pk, name, title, photo_id, has_come, has_gone, is_guest in rows(_ABOVE, [person_id, LOOKED_AT]):
        if is_guest:
            break
        is_here = has_come and not has_gone
        step = (
            Step(pk, name, title, photo_id, False, True) if is_here else Step(pk, "", "", None, bool(has_gone), True)
        )
        if pk == person_id:  # round: all those before are the circle, with the person
            return [], tuple(chain), True, None
        begun = next((n for n, before in enumerate(chain) if before.pk == pk), None)
        if begun is not None:
            return chain[:begun][::-1][-SHOWN_ABOVE:], tuple(chain[begun:]), False, None
        chain.append(step)
    shown = chain[:SHOWN_ABOVE]
    return shown[::-1], (), False, shown[-1].pk if len(chain) > SHOWN_ABOVE else None
