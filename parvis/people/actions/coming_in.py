"""Coming in: by a letter, a code on paper or a new password; and failures at the door."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.kernel.jobs.actions import enqueue
from parvis.people import paper, rules
from parvis.people.actions.sessions import CLOSED_BY_NEW_PASSWORD, sign_out_everywhere
from parvis.people.events import (
    Activated,
)
from parvis.people.models import EntryPass, FailedEntry, Person

INVITATION_LASTS = timedelta(days=30)
PAPER_CODE_LASTS = timedelta(days=30)
RESET_LINK_LASTS = timedelta(hours=1)
# A second click on « Envoyer une lettre » sends no second letter that would close the first.
ONE_PRESS = timedelta(seconds=30)


@transaction.atomic
def activate(*, person: Person) -> None:
    """The person's own act of coming in. The second time changes nothing."""
    now = timezone.now()
    if Person.objects.filter(pk=person.pk, activated_at__isnull=True).update(activated_at=now):
        person.activated_at = now
        events.publish(Activated(person_id=person.pk))


@transaction.atomic
def set_first_password(*, person: Person, password: str) -> None:
    """For the administrator made at the console, who is thereby in. Raises ValidationError({"password": […]})."""
    _set_password(person, password)
    activate(person=person)


@transaction.atomic
def make_paper_code(*, person: Person, by: Person | None) -> str:
    """A one-use code, given once and kept only as a hash; the one before is withdrawn. `by` is None at the console."""
    _may_give_access(by, person)
    code = paper.new_code()
    _make_pass(person, EntryPass.Way.PAPER, paper.as_meant(code), PAPER_CODE_LASTS, by, timezone.now())
    return code


@transaction.atomic
def invite_by_mail(*, person: Person, by: Person | None) -> EntryPass:
    """A letter with a link good for 30 days and one use. Raises ValidationError when there is no mailbox."""
    _may_give_access(by, person)
    if not person.mail:
        raise ValidationError({"mail": _("%(name)s n’a pas d’adresse mail.") % {"name": person.name}})
    recent = timezone.now() - ONE_PRESS
    waiting = EntryPass.objects.filter(person=person, way=EntryPass.Way.MAIL, made_by=by, created_at__gt=recent)
    if by and (sent := waiting.filter(used_at__isnull=True, withdrawn_at__isnull=True).first()):
        return sent
    made = make_link(person, INVITATION_LASTS, by)
    enqueue("people.send_link", pass_id=made.pk, letter="invitation")
    return made


def ask_for_a_new_password(*, typed: str) -> None:
    """From the door, by whoever typed a name. Who that is is looked up by the queue, so that the answer takes the same
    time for a name that nobody has."""
    enqueue("people.make_reset_link", typed=typed.strip()[:254])


@transaction.atomic
def make_reset_link(*, person: Person) -> None:
    """A letter with a link good for one hour, at most one in five minutes. For those who are already in."""
    recent = timezone.now() - timedelta(minutes=5)
    if not person.mail or not person.is_active or person.activated_at is None:
        return
    if person.entry_passes.filter(way=EntryPass.Way.MAIL, created_at__gt=recent, used_at__isnull=True).exists():
        return
    made = make_link(person, RESET_LINK_LASTS, None)
    enqueue("people.send_link", pass_id=made.pk, letter="new_password")


@transaction.atomic
def enter_with(*, entry_pass: EntryPass, password: str) -> Person:
    """Uses a way in: sets the password, activates, closes every other session and withdraws the other ways in.

    Raises WayInRefused when the pass was used, withdrawn or ran out meanwhile, and ValidationError({"password": […]}).
    """
    person = Person.objects.select_for_update().get(pk=entry_pass.person_id)
    now = timezone.now()
    taken = EntryPass.objects.filter(
        pk=entry_pass.pk, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).update(used_at=now)
    if not taken:
        raise rules.WayInRefused(rules.WayInRefused.USED)
    if not person.is_active:
        raise rules.WayInRefused(rules.WayInRefused.SUSPENDED)
    _set_password(person, password)
    withdraw_passes(person)
    sign_out_everywhere(person=person, why=CLOSED_BY_NEW_PASSWORD)
    activate(person=person)
    return person


@transaction.atomic
def withdraw_ways_in(*, person: Person, by: Person | None) -> None:
    _may_give_access(by, person)
    withdraw_passes(person)


def _may_give_access(by: Person | None, person: Person) -> None:
    if by is not None and not rules.may_give_access(by, person):
        raise PermissionDenied


def _make_pass(
    person: Person, way: EntryPass.Way, secret: str, lasts: timedelta, by: Person | None, now: datetime
) -> EntryPass:
    EntryPass.objects.filter(person=person, way=way, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    return EntryPass.objects.create(
        person=person, way=way, sha256=paper.fingerprint(secret), made_by=by, created_at=now, expires_at=now + lasts
    )


def make_link(person: Person, lasts: timedelta, by: Person | None) -> EntryPass:
    """A way in by letter; the one before is withdrawn. Called within an action that asked its rule."""
    now = timezone.now()
    return _make_pass(person, EntryPass.Way.MAIL, paper.link_secret(person.pk, now), lasts, by, now)


def withdraw_passes(person: Person) -> None:
    EntryPass.objects.filter(person=person, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


@transaction.atomic
def change_password(*, person: Person, password: str, session_key: str | None) -> None:
    """One's own, the present one having been asked; closes the other sessions. Raises ValidationError."""
    _set_password(person, password)
    withdraw_passes(person)
    sign_out_everywhere(person=person, except_key=session_key, why=CLOSED_BY_NEW_PASSWORD)


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise ValidationError({"password": refused.error_list}) from refused
    person.set_password(password)
    person.save(update_fields=["password"])


@transaction.atomic
def count_failure(*, typed: str) -> None:
    """One more failure in a row under this name, known or not."""
    now = timezone.now()
    FailedEntry.objects.filter(last_at__lt=now - rules.FAILURES_FORGOTTEN_AFTER).delete()
    failed, _is_new = FailedEntry.objects.get_or_create(sha256=rules.name_at_the_door(typed))
    FailedEntry.objects.filter(pk=failed.pk).update(count=F("count") + 1, last_at=now)


@transaction.atomic
def forget_failures(*, person: Person) -> None:
    names = [person.identifier, *([person.mail] if person.mail else [])]
    FailedEntry.objects.filter(sha256__in=[rules.name_at_the_door(name) for name in names]).delete()
