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


@dataclass(frozen=True)
class PresenceDeclared:
    """Somebody said something of the moment, or nothing any more."""

    person_id: int


@dataclass(frozen=True)
class PersonFollowed:
    person_id: int
    followed_id: int


@dataclass(frozen=True)
class PersonUnfollowed:
    person_id: int
    followed_id: int


# Of these four nothing is ever told to the other.


@dataclass(frozen=True)
class Muted:
    person_id: int
    muted_id: int


@dataclass(frozen=True)
class Unmuted:
    person_id: int
    muted_id: int


@dataclass(frozen=True)
class Blocked:
    person_id: int
    blocked_id: int


@dataclass(frozen=True)
class Unblocked:
    person_id: int
    blocked_id: int


@dataclass(frozen=True)
class SkillConfirmed:
    """A colleague has seen somebody do it."""

    person_id: int
    skill_id: int
    by_id: int
