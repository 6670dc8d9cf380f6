"""Bringing in somebody from outside: an entry of the directory of their own, and a letter."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel.jobs.actions import enqueue
from parvis.kernel.text import slugged
from parvis.people.actions.coming_in import INVITATION_LASTS, make_link
from parvis.people.actions.entries import add_person
from parvis.people.models import EntryPass, Person

# A second press sends no second letter; nor does impatience.
_LETTER_EVERY = 5


def guest_of(*, mail: str) -> Person | None:
    """The guest who has this address. Raises ValidationError when it is a colleague's, or of somebody suspended."""
    person = Person.objects.filter(mail=mail.strip().lower()).first()
    if person is not None and not person.is_guest:
        raise ValidationError({"mail": _("Cette adresse est déjà dans l’annuaire de l’entreprise.")})
    if person is not None and not person.is_active:
        raise ValidationError({"mail": _("Cette personne n’a plus accès à Parvis.")})
    return person


@transaction.atomic
def bring_in(*, by: Person, name: str, mail: str, language: str) -> Person:
    """Somebody from outside, as they are known now or anew, and a letter with the way in unless they came in already.
    Called within an action that asked its rule. Raises ValidationError naming the field."""
    if not mail.strip():
        raise ValidationError({"mail": _("Sans adresse, la lettre ne part pas.")})
    person = guest_of(mail=mail)
    if person is None:
        person = add_person(
            identifier=_free_identifier(name or mail), name=name, mail=mail, language=language, is_guest=True
        )
    if person.activated_at is None:
        _send_way_in(person, by)
    return person


def _send_way_in(person: Person, by: Person) -> None:
    recent = timezone.now() - timedelta(minutes=_LETTER_EVERY)
    waiting = EntryPass.objects.filter(person=person, way=EntryPass.Way.MAIL, created_at__gt=recent)
    if waiting.filter(used_at__isnull=True, withdrawn_at__isnull=True).exists():
        return
    made = make_link(person, INVITATION_LASTS, by)
    enqueue("people.send_link", pass_id=made.pk, letter="guest")


def _free_identifier(name: str) -> str:
    """From the name: « driss-el-amrani », with a number where somebody has it. One of two who are brought in at the
    same moment under one name is told to press again by the unique constraint."""
    plain = slugged(name, limit=40) or "invite"
    taken = set(Person.objects.filter(identifier__startswith=plain).values_list("identifier", flat=True))
    if plain not in taken:
        return plain
    return f"{plain}-{secrets.randbelow(900_000) + 100_000}"
