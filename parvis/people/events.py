"""Facts about people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonAdded:
    person_id: int


@dataclass(frozen=True)
class PersonChanged:
    """Name, function, photo… : what others read about somebody."""

    person_id: int


@dataclass(frozen=True)
class Suspended:
    person_id: int


@dataclass(frozen=True)
class Readmitted:
    person_id: int


@dataclass(frozen=True)
class Activated:
    """Somebody signed in for the first time, by their own act."""

    person_id: int


@dataclass(frozen=True)
class CharterAccepted:
    person_id: int
    version: str


@dataclass(frozen=True)
class SignedOutEverywhere:
    """Open connections of that person must be looked at again."""

    person_id: int
