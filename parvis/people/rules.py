"""Who may do what with people, and what somebody must have done first."""

from parvis.people.charter import CHARTER_VERSION
from parvis.people.models import CharterAcceptance, Person


class CharterNeeded(Exception):
    """Somebody acts for the first time and has not agreed to the charter in force. The middleware asks."""


class WayInRefused(Exception):
    """A code or an invitation opens nothing: `reason` says which sentence helps."""

    UNKNOWN, EXPIRED, USED, WITHDRAWN, SUSPENDED = "unknown", "expired", "used", "withdrawn", "suspended"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def has_agreed(person: Person) -> bool:
    """To the charter in force. Remembered on the object once true: one query a request at most."""
    if not getattr(person, "_has_agreed", False):
        found = CharterAcceptance.objects.filter(person=person, version=CHARTER_VERSION).exists()
        person._has_agreed = found  # type: ignore[attr-defined]
    return bool(person._has_agreed)  # type: ignore[attr-defined]


def must_have_agreed(person: Person) -> None:
    """Asked by every act of writing, never by reading. Raises CharterNeeded."""
    if not has_agreed(person):
        raise CharterNeeded


def may_give_access(person: Person, other: Person) -> bool:
    """To make a code, send an invitation, suspend or readmit: administrators, and not on themselves for a suspension
    (the page hides that act)."""
    return person.is_administrator and person.is_active


def may_suspend(person: Person, other: Person) -> bool:
    """Nobody locks themselves out."""
    return may_give_access(person, other) and person.pk != other.pk
