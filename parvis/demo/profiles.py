"""What the demo company's people say of themselves: profiles.toml, and what a function makes likely."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from parvis.contributions.models import Contribution, Reach
from parvis.demo.cast import QUEBEC, Somebody, everybody
from parvis.demo.dice import dice
from parvis.demo.network import Plan, days_here
from parvis.demo.rows import insert
from parvis.directory.models import ChosenContribution, SkillEvidence
from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.text import folded
from parvis.people.actions.skills import keep_stems, lock_the_list
from parvis.people.models import (
    Confirmation,
    FieldOption,
    FieldValue,
    HasSkill,
    Person,
    Presence,
    ProfileField,
    Skill,
    SkillName,
    SpokenLanguage,
)

_TABLE = Path(__file__).with_name("profiles.toml")
# Of those whose function makes a skill likely, how many say so; of colleagues of one's unit, how many confirm.
_SAYS, _CONFIRMS = 0.7, 0.3
# Where some would rather not be asked.
_UNSOUGHT = frozenset({"paul-henri.de-vesigne", "anouk.sernin"})
_OWN_SHOWN = {"amina.benali": 3, "yann.kerbrat": 3, "mireille.fontaine": 4, "chloe.marchetti": 2, "ousmane.sarr": 2}


@lru_cache(maxsize=1)
def told() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def said_by(one: Somebody) -> dict[str, Any]:
    """The columns of the person's own row."""
    working = told()["working"]
    return {
        "pronounced": told()["pronounced"].get(one.identifier, ""),
        "working_pattern": "" if one.is_guest else working.get(one.identifier, working[one.rhythm]),
        "phone_note": told()["phone_note"].get(one.identifier, ""),
        "is_sought": one.identifier not in _UNSOUGHT,
    }


def write_profiles(plan: Plan, people: dict[str, Person], said: list[Contribution], seed: str) -> None:
    insert(_languages(people))
    insert(_presences(plan, people))
    _write_fields(plan, people, seed)
    held = list(_skills(plan, people, seed))
    insert(held)
    for one in held:
        if one.word:
            keep_stems(one)
    insert(_confirmations(plan, held, seed))
    insert(_evidence(held, said))
    insert(_chosen(people, said))
    insert(_reach(plan, people, said, seed))


def _here() -> Iterator[Somebody]:
    return (one for one in everybody() if one.writes and not one.is_suspended)


def _languages(people: dict[str, Person]) -> Iterator[SpokenLanguage]:
    for one in _here():
        codes = [one.language, *told()["languages"].get(one.identifier, [])]
        if one.rhythm == QUEBEC and one.language == "fr" and "en" not in codes:
            codes.append("en")
        for position, code in enumerate(dict.fromkeys(codes)):
            yield SpokenLanguage(person=people[one.identifier], code=code, position=position)


def _presences(plan: Plan, people: dict[str, Person]) -> Iterator[Presence]:
    for identifier, one in told()["presence"].items():
        yield Presence(
            person=people[identifier],
            state=one["state"],
            until=plan.now + timedelta(hours=one["hours"]),
            word=one.get("word", ""),
            declared_at=plan.now - timedelta(minutes=50),
        )


# --- The company's fields -----------------------------------------------------------------------------------------


def _write_fields(plan: Plan, people: dict[str, Person], seed: str) -> None:
    options: dict[str, list[FieldOption]] = {}
    fields: dict[str, ProfileField] = {}
    for position, one in enumerate(told()["field"]):
        named = [FieldOption(name_fr=fr, name_en=en, position=n) for n, (fr, en) in enumerate(one.get("options", []))]
        columns = {name: value for name, value in one.items() if name != "options"}
        fields[one["key"]] = ProfileField.objects.create(position=position, created_at=plan.now, **columns)
        for option in named:
            option.field = fields[one["key"]]
        options[one["key"]] = named
    insert(option for found in options.values() for option in found)
    insert(
        FieldValue(person=people[identifier], field=fields[key], text=text)
        for key, texts in told()["said"].items()
        for identifier, text in texts.items()
    )
    insert(
        FieldValue(
            person=people[one.identifier],
            field=fields["arrivee"],
            date=(plan.now - timedelta(days=days_here(one) + _years(one, seed))).date(),
        )
        for one in _here()
        if not one.is_guest
    )
    for one in _here():
        rng = dice(seed, "habilitations", one.identifier)
        wanted = [
            option for option in options["habilitations"] if rng.random() < (0.12 if one.rhythm == "bureau" else 0.3)
        ]
        insert(
            FieldValue(person=people[one.identifier], field=fields["habilitations"], option=option, position=n)
            for n, option in enumerate(wanted)
            if not one.is_guest
        )


def _years(one: Somebody, seed: str) -> int:
    """Days before the network, for those who were there before it."""
    return 0 if one.days_here is not None else int(dice(seed, "years", one.identifier).triangular(200, 11_000, 2_000))


# --- Skills -------------------------------------------------------------------------------------------------------


def _skills(plan: Plan, people: dict[str, Person], seed: str) -> Iterator[HasSkill]:
    known = _known()
    for one in _here():
        rng = dice(seed, "skills", one.identifier)
        own = [
            (name, "") if isinstance(name, str) else tuple(name)
            for name in told()["skills"]["by"].get(one.identifier, [])
        ]
        function = folded(f"{one.title} {one.unit}")
        likely = [
            (name, "")
            for word, names in told()["skills"]["of"].items()
            if folded(word) in function
            for name in names
            if rng.random() < _SAYS
        ]
        found: dict[str, str] = {}
        for name, word in [*own, *likely]:
            found.setdefault(name, word)
        for position, (name, word) in enumerate(islice(found.items(), 7)):
            yield HasSkill(
                person=people[one.identifier],
                skill=known[folded(name)],
                word=word,
                position=position,
                stated_at=max(plan.came_in[one.identifier], plan.now - timedelta(days=rng.uniform(5, 300))),
            )


def _known() -> dict[str, Skill]:
    """The shared list by folded name, with what people added."""
    lock_the_list()
    known = {name.key: name.skill for name in SkillName.objects.select_related("skill")}
    for french, english in told()["skills"]["own"].items():
        if folded(french) not in known:
            skill = Skill.objects.create(name_fr=french, name_en=english)
            known[folded(french)] = skill
            insert(
                SkillName(skill=skill, key=key)
                for key in {folded(french), folded(english)} - (known.keys() - {folded(french)})
            )
    return known


def _confirmations(plan: Plan, held: list[HasSkill], seed: str) -> Iterator[Confirmation]:
    """By colleagues of the same unit, or who hold the same skill."""
    holders: dict[int, list[Person]] = {}
    for one in held:
        holders.setdefault(one.skill_id, []).append(one.person)
    for one in held:
        near = [p for p in holders[one.skill_id] if p.pk != one.person_id and not p.is_guest]
        near = [p for p in near if p.unit == one.person.unit or p.site == one.person.site]
        for person in near:
            rng = dice(seed, "confirms", str(one.skill_id), one.person.identifier, person.identifier)
            if rng.random() < _CONFIRMS:
                age = (plan.now - one.stated_at) * rng.random()
                yield Confirmation(held=one, person=person, confirmed_at=plan.now - age)


def _evidence(held: list[HasSkill], said: list[Contribution]) -> Iterator[SkillEvidence]:
    own: dict[int, list[Contribution]] = {}
    for row in said:
        if row.family == Contribution.Family.PUBLICATION and row.title and row.deleted_at is None:
            own.setdefault(row.author_id, []).append(row)
    for one in held:
        wanted = told()["evidence"].get(one.person.identifier, [])
        if one.skill.name_fr in wanted:
            for row in own.get(one.person_id, [])[-2:]:
                yield SkillEvidence(held=one, contribution=row)


def _chosen(people: dict[str, Person], said: list[Contribution]) -> Iterator[ChosenContribution]:
    for identifier, most in _OWN_SHOWN.items():
        person = people[identifier]
        own = [r for r in said if r.author_id == person.pk and r.title and r.family == 1 and r.deleted_at is None]
        for position, row in enumerate(sorted(own, key=lambda r: -r.comment_count)[:most]):
            yield ChosenContribution(person=person, contribution=row, position=position)


def _reach(plan: Plan, people: dict[str, Person], said: list[Contribution], seed: str) -> Iterator[Reach]:
    """What the daily count would have found: some of those who may read, from their units."""
    readers: dict[int, list[int]] = {}
    for person_id, audience_id in AudienceMember.objects.values_list("person_id", "audience_id"):
        readers.setdefault(audience_id, []).append(person_id)
    units = {person.pk: person.unit for person in people.values()}
    for row in said:
        here = readers.get(row.audience_id) or list(units)
        if row.family != Contribution.Family.PUBLICATION or row.published_at > plan.now - timedelta(days=1):
            continue
        rng = dice(seed, "reach", row.title, row.published_at)
        saw = [person_id for person_id in here if rng.random() < 0.45]
        yield Reach(
            contribution=row,
            readers=len(saw),
            units=len({units[person_id] for person_id in saw} - {""}),
            counted_at=plan.now - timedelta(hours=5),
        )
