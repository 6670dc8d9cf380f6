"""The charter: agreeing to the version in force."""

from django.db import transaction

from parvis.kernel import events
from parvis.people.charter import CHARTER_VERSION, charter_sha256
from parvis.people.events import (
    CharterAccepted,
)
from parvis.people.models import CharterAcceptance, Person


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
