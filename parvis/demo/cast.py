"""Who works at Ateliers Vauban: read from people.csv, in the order of the directory."""

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from parvis.kernel.text import folded, slugged

_TABLE, _ABOUTS = Path(__file__).with_name("people.csv"), Path(__file__).with_name("abouts.toml")

OFFICE, ROAD, QUEBEC = "bureau", "route", "quebec"
SHIFTS = frozenset("ABC")


@dataclass(frozen=True, eq=False)
class Somebody:
    """One object each. `days_here` is None for those who were there before the network."""

    identifier: str
    name: str
    given_name: str
    title: str
    unit: str
    site: str
    manager: str
    rhythm: str
    language: str
    days_here: int | None
    flags: frozenset[str]
    about: str

    @property
    def is_guest(self) -> bool:
        return "invité" in self.flags

    @property
    def is_administrator(self) -> bool:
        return "administrateur" in self.flags

    @property
    def has_mailbox(self) -> bool:
        return "sans-mail" not in self.flags

    @property
    def has_come_in(self) -> bool:
        return "jamais" not in self.flags

    @property
    def is_suspended(self) -> bool:
        return "suspendu" in self.flags

    @property
    def is_newcomer(self) -> bool:
        """Arrived on the last Monday, read, and has not written yet."""
        return "nouvelle" in self.flags

    @property
    def writes(self) -> bool:
        return self.has_come_in and not self.is_newcomer

    @property
    def time_zone(self) -> str:
        return "America/Toronto" if self.rhythm == QUEBEC else ""


@lru_cache(maxsize=1)
def everybody() -> tuple[Somebody, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter=";"))
    identifiers = {row["name"]: _identifier(row["name"]) for row in rows}
    abouts = tomllib.loads(_ABOUTS.read_text(encoding="utf-8"))
    return tuple(_somebody(row, identifiers, abouts) for row in rows)


@lru_cache(maxsize=1)
def by_handle() -> dict[str, Somebody]:
    """By identifier, and by given name where only one person has it: how the texts name people."""
    given: dict[str, list[Somebody]] = {}
    for person in everybody():
        given.setdefault(slugged(person.given_name), []).append(person)
    alone = {name: people[0] for name, people in given.items() if len(people) == 1}
    return alone | {person.identifier: person for person in everybody()}


def _somebody(row: dict[str, str], identifiers: dict[str, str], abouts: dict[str, str]) -> Somebody:
    flags = frozenset(row["flags"].split())
    days = next((int(flag.partition("=")[2]) for flag in flags if flag.startswith("depuis=")), None)
    return Somebody(
        identifier=identifiers[row["name"]],
        name=row["name"],
        given_name=_given_and_family(row["name"])[0],
        title=row["title"],
        unit=row["unit"],
        site=row["site"],
        manager=identifiers[row["manager"]] if row["manager"] else "",
        rhythm=row["rhythm"],
        language="en" if "en" in flags else "fr",
        days_here=days,
        flags=flags,
        about=abouts.get(identifiers[row["name"]], ""),
    )


def _given_and_family(name: str) -> tuple[str, str]:
    first, _space, rest = name.partition(" ")
    # Vietnamese order: the family name comes first.
    if first == "Nguyễn":
        return rest.rpartition(" ")[2], first
    return first, rest


def _identifier(name: str) -> str:
    given, family = _given_and_family(name)
    plain = folded(family).replace("'", "").replace("ı", "i")
    return f"{slugged(given)}.{slugged(plain)}"
