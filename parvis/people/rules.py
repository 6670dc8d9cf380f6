"""Who may do what with people, and what somebody must have done first."""

import math
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.people import paper
from parvis.people.charter import CHARTER_VERSION
from parvis.people.models import CharterAcceptance, EntryPass, FailedEntry, Person

# After this many failures in a row each try doubles the wait, up to the longest (CNIL 2022-100, « temporisation »).
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FAILURES_FORGOTTEN_AFTER = timedelta(hours=24)


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
    """Asked by every act of writing, never by reading. Raises CharterNeeded, or, for somebody who just chose to read
    only, the ValidationError that makes the view show its form again with what was typed."""
    if has_agreed(person):
        return
    if person.only_reads:
        raise ValidationError(_("Votre texte est gardé. Pour l’envoyer, il faudra d’abord accepter la charte."))
    raise CharterNeeded


def may_give_access(person: Person, other: Person) -> bool:
    """To make a code, send an invitation or readmit: administrators."""
    return person.is_administrator and person.is_active


def may_suspend(person: Person, other: Person) -> bool:
    """Nobody locks themselves out."""
    return may_give_access(person, other) and person.pk != other.pk


def name_at_the_door(typed: str) -> str:
    """The key under which failures are counted, whether or not anybody has that name."""
    return paper.fingerprint(f"door {typed.strip().lower()}")


def minutes_to_wait(typed: str) -> int:
    """Before the next try with this name; 0 for none."""
    now = timezone.now()
    failed = FailedEntry.objects.filter(
        sha256=name_at_the_door(typed), count__gte=FREE_TRIES, last_at__gt=now - FAILURES_FORGOTTEN_AFTER
    ).first()
    if failed is None:
        return 0
    wait = min(LONGEST_WAIT, timedelta(minutes=2 ** min(failed.count - FREE_TRIES, 10)))
    return max(0, math.ceil((failed.last_at + wait - now).total_seconds() / 60))


def way_in(secret: str, way: EntryPass.Way) -> EntryPass:
    """The pass that a code or a link opens now. Raises WayInRefused with the reason why not."""
    return usable(EntryPass.objects.filter(sha256=paper.fingerprint(secret), way=way))


def usable(passes: models.QuerySet[EntryPass]) -> EntryPass:
    """The one pass of `passes`, if it opens something now. Raises WayInRefused."""
    found = passes.select_related("person").first()
    if found is None:
        raise WayInRefused(WayInRefused.UNKNOWN)
    if found.used_at:
        raise WayInRefused(WayInRefused.USED)
    if not found.person.is_active:
        raise WayInRefused(WayInRefused.SUSPENDED)
    if found.withdrawn_at:
        raise WayInRefused(WayInRefused.WITHDRAWN)
    if found.expires_at <= timezone.now():
        raise WayInRefused(WayInRefused.EXPIRED)
    return found


def may_follow(person: Person, other: Person) -> bool:
    """Colleagues follow; a guest reads where they were invited, and follows nothing."""
    return not person.is_guest and person.pk != other.pk


def may_keep_away(person: Person, other: Person) -> bool:
    """Not read, or block: anybody, anybody else."""
    return person.pk != other.pk


def may_add_skill(person: Person) -> bool:
    """Everybody of the company makes the shared list grow; a guest chooses from it."""
    return person.is_active and not person.is_guest


def may_confirm(person: Person, other: Person) -> bool:
    """Two who see each other: of the company, or of a place that a guest shares. One query where a guest is."""
    if person.pk == other.pk or not person.is_active:
        return False
    return all(
        not one.is_guest or Person.objects.visible_to(one.scope()).filter(pk=seen.pk).exists()
        for one, seen in ((person, other), (other, person))
    )
