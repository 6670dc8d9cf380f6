"""The directory: adding somebody, what it says of them, what they say of themselves, their photo."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files.actions import keep, received
from parvis.kernel.files.models import File
from parvis.people.events import (
    PersonAdded,
    PersonChanged,
    SignedOutEverywhere,
)
from parvis.people.models import Person

# What an import or an administrator may say about somebody; activation and suspension are acts of their own.
DIRECTORY_FIELDS = (
    "identifier", "mail", "name", "given_name", "title", "unit", "site", "phone", "employee_number", "manager",
    "is_guest", "is_administrator", "language", "time_zone",
)  # fmt: skip
# In pixels, twice what the page shows.
PHOTO_SIDES = (96, 256)
PHOTO_BYTES = 40 * 1024 * 1024
OWN_FIELDS = ("about", "phone", "language", "time_zone", "theme")


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


def change_photo(*, person: Person, content: Any, name: str, square: tuple[int, int, int] | None = None) -> None:
    """`content`: bytes or an upload. Cut to `square` (x, y, side in pixels of the upright picture), else to its
    middle; without its EXIF. Raises Refused (a ValidationError) in words; the former photo stays.

    Not atomic as a whole: decoding takes a while, and happens before the write lock is taken.
    """
    with (
        received(
            content, name=name, most_bytes=PHOTO_BYTES, sides=PHOTO_SIDES, square=square or True, only_pictures=True
        ) as whole,
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
