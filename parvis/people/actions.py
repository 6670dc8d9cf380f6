"""Everything that happens to people: being added, coming in, agreeing, being suspended, leaving a session."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files.actions import keep, received
from parvis.kernel.files.models import File
from parvis.kernel.jobs.actions import enqueue
from parvis.people import paper, rules
from parvis.people.charter import CHARTER_VERSION, charter_sha256
from parvis.people.events import (
    Activated,
    CharterAccepted,
    PersonAdded,
    PersonChanged,
    Readmitted,
    SignedOutEverywhere,
    Suspended,
)
from parvis.people.models import CharterAcceptance, EntryPass, FailedEntry, Person

INVITATION_LASTS = timedelta(days=30)
PAPER_CODE_LASTS = timedelta(days=30)
RESET_LINK_LASTS = timedelta(hours=1)
# A second click on « Envoyer une lettre » sends no second letter that would close the first.
ONE_PRESS = timedelta(seconds=30)

# What an import or an administrator may say about somebody; activation and suspension are acts of their own.
DIRECTORY_FIELDS = (
    "identifier", "mail", "name", "given_name", "title", "unit", "site", "phone", "employee_number", "manager",
    "is_guest", "is_administrator", "language", "time_zone",
)  # fmt: skip
# In pixels, twice what the page shows.
PHOTO_SIDES = (96, 256)
OWN_FIELDS = ("about", "phone", "language", "time_zone", "theme")


# --- The directory ---------------------------------------------------------------------------------------------------


@transaction.atomic
def add_person(*, identifier: str, name: str, mail: str | None = None, **fields: Any) -> Person:
    """Puts somebody in the directory: not activated, without a password. Raises ValidationError naming each field.

    `fields` are those of DIRECTORY_FIELDS, and `about`, `photo`, `is_demo`.
    """
    fields.setdefault("language", settings.PARVIS_LANGUAGE)
    person = Person(identifier=identifier.strip().lower(), name=name.strip(), mail=_as_mail(mail), **fields)
    person.set_unusable_password()
    _check(person)
    person.save()
    events.publish(PersonAdded(person_id=person.pk))
    return person


@transaction.atomic
def change_entry(*, person: Person, **fields: Any) -> bool:
    """What the directory says of somebody now. Gives False, and writes nothing, when it is what was known."""
    if "mail" in fields:
        fields["mail"] = _as_mail(fields["mail"])
    if "identifier" in fields:
        fields["identifier"] = fields["identifier"].strip().lower()
    changed = {name: value for name, value in fields.items() if getattr(person, name) != value}
    unknown = set(changed) - {*DIRECTORY_FIELDS, "about", "photo"}
    if unknown:
        raise TypeError(f"not a field of the directory: {sorted(unknown)}")
    if not changed:
        return False

    for name, value in changed.items():
        setattr(person, name, value)
    _check(person)
    person.save(update_fields=list(changed))
    events.publish(PersonChanged(person_id=person.pk))
    if changed.keys() & {"is_guest", "is_administrator"}:
        events.publish(SignedOutEverywhere(person_id=person.pk))
    return True


@transaction.atomic
def change_own_settings(*, person: Person, **fields: Any) -> None:
    """What people say of themselves (OWN_FIELDS)."""
    unknown = set(fields) - set(OWN_FIELDS)
    if unknown:
        raise TypeError(f"not one's own to change: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(person, name, value)
    person.full_clean(
        exclude=["password", "sort_key", "identifier", "mail", "name"],
        validate_unique=False,
        validate_constraints=False,
    )
    person.save(update_fields=list(fields))
    events.publish(PersonChanged(person_id=person.pk))


def change_photo(*, person: Person, content: Any, name: str) -> None:
    """`content`: bytes or an upload. Cut to a square, without its EXIF. Raises Refused (a ValidationError) in words.

    Not atomic as a whole: decoding takes a while, and happens before the write lock is taken.
    """
    with (
        received(content, name=name, sides=PHOTO_SIDES, square=True, only_pictures=True) as whole,
        transaction.atomic(),
    ):
        _put_photo(person, keep(whole, owner=person, audience_id=company_audience_id()))


@transaction.atomic
def remove_photo(*, person: Person) -> None:
    _put_photo(person, None)


def _put_photo(person: Person, photo: File | None) -> None:
    before = person.photo
    person.photo = photo
    person.save(update_fields=["photo"])
    if before is not None:
        before.delete()
    events.publish(PersonChanged(person_id=person.pk))


def _check(person: Person) -> None:
    """Raises ValidationError naming each field, with a sentence for what the rows would refuse.

    full_clean would ask the database about each constraint in a query of its own: half the time of a large import.
    """
    others = Person.objects.get_queryset().exclude(pk=person.pk)
    refused = {}
    if others.filter(identifier=person.identifier).exists():
        refused["identifier"] = _("Quelqu’un d’autre a déjà cet identifiant.")
    if person.mail and others.filter(mail=person.mail).exists():
        refused["mail"] = _("Quelqu’un d’autre a déjà cette adresse mail.")
    if person.is_guest and person.is_administrator:
        refused["is_administrator"] = _("Qui est invité de l’extérieur n’administre pas.")
    if refused:
        raise ValidationError(refused)
    person.full_clean(exclude=["password", "sort_key"], validate_unique=False, validate_constraints=False)


def _as_mail(mail: str | None) -> str | None:
    return (mail or "").strip().lower() or None


# --- Coming in -------------------------------------------------------------------------------------------------------


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
    made = _make_link(person, INVITATION_LASTS, by)
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
    made = _make_link(person, RESET_LINK_LASTS, None)
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
    _withdraw_passes(person)
    sign_out_everywhere(person=person, why=CLOSED_BY_NEW_PASSWORD)
    activate(person=person)
    return person


@transaction.atomic
def withdraw_ways_in(*, person: Person, by: Person | None) -> None:
    _may_give_access(by, person)
    _withdraw_passes(person)


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


def _make_link(person: Person, lasts: timedelta, by: Person | None) -> EntryPass:
    now = timezone.now()
    return _make_pass(person, EntryPass.Way.MAIL, paper.link_secret(person.pk, now), lasts, by, now)


def _withdraw_passes(person: Person) -> None:
    EntryPass.objects.filter(person=person, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


@transaction.atomic
def change_password(*, person: Person, password: str, session_key: str | None) -> None:
    """One's own, the present one having been asked; closes the other sessions. Raises ValidationError."""
    _set_password(person, password)
    _withdraw_passes(person)
    sign_out_everywhere(person=person, except_key=session_key, why=CLOSED_BY_NEW_PASSWORD)


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise ValidationError({"password": refused.error_list}) from refused
    person.set_password(password)
    person.save(update_fields=["password"])


# --- Failures at the door --------------------------------------------------------------------------------------------


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


# --- The charter -----------------------------------------------------------------------------------------------------


@transaction.atomic
def accept_charter(*, person: Person, language: str) -> None:
    """Keeps that somebody agreed to the version in force, with the hash of the text in the language they read."""
    _acceptance, is_new = CharterAcceptance.objects.get_or_create(
        person=person,
        version=CHARTER_VERSION,
        defaults={"language": language, "sha256": charter_sha256(language)},
    )
    if is_new:
        events.publish(CharterAccepted(person_id=person.pk, version=CHARTER_VERSION))
    person._has_agreed = True  # type: ignore[attr-defined]


# --- Sessions --------------------------------------------------------------------------------------------------------


# What the sign-in page says once to somebody whose session was closed by somebody else or on another device.
CLOSED_ELSEWHERE, CLOSED_BY_SUSPENSION, CLOSED_BY_NEW_PASSWORD = "elsewhere", "suspension", "new_password"


@transaction.atomic
def end_session(*, person: Person, session_id: int) -> None:
    """One of one's own; ending what is already ended is fine."""
    for session in UserSession.objects.filter(user=person, pk=session_id):
        _close(session, CLOSED_ELSEWHERE)
        events.publish(SignedOutEverywhere(person_id=person.pk))


@transaction.atomic
def sign_out_everywhere(*, person: Person, except_key: str | None = None, why: str = CLOSED_ELSEWHERE) -> None:
    """Ends every session, or every other one, and has open connections looked at again."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=except_key or ""):
        _close(session, why)
    events.publish(SignedOutEverywhere(person_id=person.pk))


@transaction.atomic
def keep_last_seen(*, seen: Mapping[str, float]) -> None:
    """`seen`: session key → moment (seconds since 1970) it was last used."""
    found = list(UserSession.objects.filter(session_key__in=list(seen)))
    for session in found:
        session.last_seen_at = datetime.fromtimestamp(seen[session.session_key], tz=UTC)
    UserSession.objects.bulk_update(found, ["last_seen_at"], batch_size=200)


def _close(session: UserSession, why: str) -> None:
    """Empties the session, so that nobody is signed in with it any more, and leaves one word for the sign-in page."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session.session_key)
    if store.exists(session.session_key):
        store.clear()
        store["closed"] = why
        store.save()
    session.delete()


# --- Suspension ------------------------------------------------------------------------------------------------------


@transaction.atomic
def suspend(*, person: Person, by: Person | None) -> None:
    """Closes everything at once; nothing of what the person wrote is touched. `by` is None for an import."""
    if by is not None and not rules.may_suspend(by, person):
        raise PermissionDenied
    now = timezone.now()
    if not Person.objects.filter(pk=person.pk, suspended_at__isnull=True).update(suspended_at=now):
        return
    person.suspended_at = now
    _withdraw_passes(person)
    sign_out_everywhere(person=person, why=CLOSED_BY_SUSPENSION)
    events.publish(Suspended(person_id=person.pk))


@transaction.atomic
def readmit(*, person: Person, by: Person | None) -> None:
    if by is not None and not rules.may_give_access(by, person):
        raise PermissionDenied
    if Person.objects.filter(pk=person.pk, suspended_at__isnull=False).update(suspended_at=None):
        person.suspended_at = None
        events.publish(Readmitted(person_id=person.pk))
