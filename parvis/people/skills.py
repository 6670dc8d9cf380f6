"""What people say they can do, and who confirms it: as one reader may see it, and without a number anywhere."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.audiences.scope import InScope, Scope
from parvis.people.models import Block, Confirmation, HasSkill, Person
from parvis.people.skill_list import Listed, the_skills

# Named beside a skill; nobody learns how many more there are.
CONFIRMERS = 3


@dataclass
class Held:
    """One skill of somebody. Where they had stated two that were merged since, one line speaks for both."""

    id: int
    person_id: int
    skill: Listed
    word: str
    rows: list[int]
    # At most three whom the reader may see: the reader, then the nearest, then the last who confirmed.
    confirmers: list[Person] = field(default_factory=list)
    is_confirmed_by_reader: bool = False

    @property
    def name(self) -> str:
        return self.skill.name


def held_by(person_ids: Collection[int], *, skill_ids: Collection[int] | None = None) -> dict[int, list[Held]]:
    """The skills of these people in their own order, or those of them that are asked for (with what was merged into
    them). Two queries."""
    listed = the_skills()
    rows = HasSkill.objects.filter(person_id__in=[*person_ids, 0]).order_by("person_id", "position", "pk")
    if skill_ids is not None:
        rows = rows.filter(skill_id__in=list(skill_ids))
    found: dict[int, dict[int, Held]] = defaultdict(dict)
    for row in rows:
        skill = listed.root_of(row.skill_id)
        said = found[row.person_id].get(skill.id)
        if said is None:
            found[row.person_id][skill.id] = Held(row.pk, row.person_id, skill, row.word, [row.pk])
        else:
            said.rows.append(row.pk)
            said.word = said.word or row.word
    return {person_id: list(one.values()) for person_id, one in found.items()}


def name_confirmers(held: Collection[Held], *, reader: Person | None, scope: Scope) -> None:
    """Fills in who confirms. One query, whatever the number of lines and of confirmations.

    Not those whom the person has blocked since, nor those who have left.
    """
    line_of = {row: one for one in held for row in one.rows}
    for one in _nearest(list(line_of), reader=reader, scope=scope):
        line = line_of[one.held_id]
        if one.person not in line.confirmers:
            line.confirmers.append(one.person)
        line.is_confirmed_by_reader |= reader is not None and one.person_id == reader.pk
    for line in held:
        del line.confirmers[CONFIRMERS:]


def _nearest(rows: list[int], *, reader: Person | None, scope: Scope) -> list[Confirmation]:
    """Of each row the first three, all of them in the order in which they are named."""
    kept_away = Block.objects.filter(person=OuterRef("held__person"), blocked=OuterRef("person"))
    # Asked of each row: a list of all whom the reader sees would be the company.
    seen = Person.objects.visible_to(scope).active().filter(pk=OuterRef("person_id"))
    shares = AudienceMember.objects.current().filter(InScope("audience_id", scope), person=OuterRef("person"))
    near: list[Case] = [Case(When(Exists(shares), then=1), default=0, output_field=IntegerField())]
    if reader is not None:
        near.append(_one_if(Q(person_id=reader.pk), worth=10))
        near += [_one_if(Q(person__unit=reader.unit))] if reader.unit else []
        near += [_one_if(Q(person__site=reader.site))] if reader.site else []
    order = [F("near").desc(), F("confirmed_at").desc(), F("pk").desc()]
    found = (
        Confirmation.objects.filter(Exists(seen), held_id__in=[*rows, 0])
        .exclude(Exists(kept_away))
        .annotate(near=sum(near, Value(0)))
        .annotate(place=Window(RowNumber(), partition_by=F("held_id"), order_by=order))
        .filter(place__lte=CONFIRMERS)
    )
    return list(found.select_related("person").order_by("-near", "-confirmed_at", "-pk"))


def _one_if(condition: Q, *, worth: int = 1) -> Case:
    return Case(When(condition, then=worth), default=0, output_field=IntegerField())
