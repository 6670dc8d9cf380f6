"""Eighteen months of Ateliers Vauban, drawn without clock or database: the same for one seed and one moment."""

import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from parvis.demo import hours
from parvis.demo.cast import Somebody, everybody
from parvis.demo.dice import dice
from parvis.demo.marks import react
from parvis.demo.network import COMPANY, SPAN, Contributed, Impossible, Joined, Place, Plan, days_here, somebody
from parvis.demo.reading import Texts, read
from parvis.demo.talk import Talk, named

SEED = "vauban"
_TABLE = Path(__file__).with_name("communities.toml")
# Where one has to know the trade to answer.
_SKILLED = {"trade", "project", "pilot"}
# Where one speaks of one's own site.
_LOCAL = {"interest", "site"}
_FOLLOWS = 0.07


def draw(*, now: datetime, seed: str = SEED) -> Plan:
    """Raises Impossible, Unreadable."""
    contributed: list[Contributed] = []
    places: list[Place] = []
    joined: list[Joined] = []
    readers: dict[str, list[Somebody]] = {COMPANY: [one for one in everybody() if one.writes and not one.is_guest]}
    for told in tomllib.loads(_TABLE.read_text(encoding="utf-8"))["community"]:
        place = _place(told, now)
        texts = read(place.key)
        writers = _writers(texts, place)
        readers[place.key] = _members(told, writers, seed)
        talk = Talk(
            place.key,
            texts,
            readers[place.key],
            insiders=writers if place.kind in _SKILLED else readers[place.key],
            is_local=place.kind in _LOCAL,
            topics=told["topics"],
            now=now,
            age=now - place.founded_at,
            seed=seed,
        )
        said = list(talk.all())
        places.append(place)
        joined += _joined(place, readers[place.key], said, now, seed)
        contributed += said
    company = readers[COMPANY]
    talk = Talk(
        COMPANY, read(COMPANY), company, insiders=company, is_local=False, topics=(), now=now, age=SPAN, seed=seed
    )
    contributed += talk.all()
    contributed.sort(key=lambda one: one.at)
    react(contributed, readers, now=now, seed=seed)
    return Plan(
        now=now,
        places=places,
        joined=joined,
        follows=_follows(places, joined, now, seed),
        contributed=contributed,
        came_in=_came_in(joined, contributed, now, seed),
    )


def newcomers_monday(now: datetime) -> datetime:
    """The last Monday at nine that is at least a night away."""
    local = (now - timedelta(hours=20)).astimezone(hours.PARIS)
    monday = local.date() - timedelta(days=local.weekday())
    start = datetime.combine(monday, datetime.min.time(), tzinfo=hours.PARIS) + timedelta(hours=9)
    return start if start <= now - timedelta(hours=10) else start - timedelta(days=7)


def _place(told: dict[str, Any], now: datetime) -> Place:
    animators = tuple(somebody(handle) for handle in told["animators"])
    day = hours.last_working_day(animators[0], (now - timedelta(days=told["age"])).date())
    return Place(
        key=told["texts"],
        founded_at=hours.some_moment(animators[0], day, dice("founded", told["texts"])),
        animators=animators,
        **{name: told[name] for name in ("name", "kind", "access", "icon", "hue", "purpose", "rules")},
    )


def _writers(texts: Texts, place: Place) -> list[Somebody]:
    """Those whom the texts name, animators first, each once."""
    found = list(place.animators)
    for publication in texts.publications:
        found += [somebody(publication.author), *named(publication.threads)]
    for situation in texts.situations:
        found += [*map(somebody, situation.authors), *named(situation.threads)]
    return list(dict.fromkeys(found))


def _members(told: dict[str, Any], writers: list[Somebody], seed: str) -> list[Somebody]:
    """The writers, then a part of each site that is decided person by person."""
    listed = [*writers, *map(somebody, told.get("members", []))]
    for person in listed:
        if not person.writes:
            raise Impossible(f"{person.name} never came in, and yet is in {told['texts']}")
    drawn = [
        person
        for person in everybody()
        if person.writes
        and not person.is_guest
        and dice(seed, "member", told["texts"], person.identifier).random() < told["share"].get(person.site, 0.0)
    ]
    return list(dict.fromkeys([*listed, *drawn]))


def _joined(place: Place, members: list[Somebody], said: list[Contributed], now: datetime, seed: str) -> list[Joined]:
    """Whoever founded it when it was founded, the others some days before their first word there."""
    first = _first((one.author, one.at) for one in said)
    found = []
    for person in members:
        rng = dice(seed, "joined", place.key, person.identifier)
        oldest = max(place.founded_at, now - timedelta(days=days_here(person)))
        if person is place.animators[0]:
            at = place.founded_at
        elif person in first:
            at = max(oldest, first[person] - timedelta(days=rng.expovariate(1 / 15), hours=1))
            at = min(at, first[person] - timedelta(minutes=1))
        else:
            at = oldest + (now - oldest) * rng.uniform(0.02, 0.97)
        found.append(Joined(place.key, person, at, person in place.animators))
    return found


def _follows(
    places: list[Place], joined: list[Joined], now: datetime, seed: str
) -> list[tuple[str, Somebody, datetime]]:
    inside = {(one.place, one.person) for one in joined}
    found = []
    for place in (one for one in places if one.access == "open"):
        for person in everybody():
            rng = dice(seed, "follow", place.key, person.identifier)
            may = person.writes and not person.is_guest and not person.is_suspended
            if may and (place.key, person) not in inside and rng.random() < _FOLLOWS:
                oldest = max(place.founded_at, now - timedelta(days=days_here(person)))
                found.append((place.key, person, oldest + (now - oldest) * rng.random()))
    return found


def _came_in(joined: list[Joined], contributed: list[Contributed], now: datetime, seed: str) -> dict[str, datetime]:
    """By identifier: shortly before the first thing somebody did."""
    acts = [(one.person, one.at) for one in joined] + [(one.author, one.at) for one in contributed]
    acts += [(mark.person, mark.at) for one in contributed for mark in one.reactions]
    first = _first(acts)
    came = {}
    for person in everybody():
        rng = dice(seed, "came", person.identifier)
        if person.is_newcomer:
            came[person.identifier] = newcomers_monday(now)
        elif person.has_come_in:
            before = first.get(person, now - timedelta(days=rng.uniform(30, 400)))
            came[person.identifier] = before - timedelta(hours=rng.uniform(0.2, 60))
    return came


def _first(acts: Iterable[tuple[Somebody, datetime]]) -> dict[Somebody, datetime]:
    first: dict[Somebody, datetime] = {}
    for person, at in acts:
        first[person] = min(at, first.get(person, at))
    return first
