"""Facts about people."""

from dataclasses import dataclass


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
    person_id: int
