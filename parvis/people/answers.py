"""What may stand in a field of a profile: words become values, or a sentence says why they cannot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from parvis.kernel.text import folded
from parvis.people.models import FieldOption, FieldValue, ProfileField

# Values of one field on one profile.
MOST_VALUES = 12
LONGEST_VALUE = 500
_link = URLValidator(schemes=["http", "https"])
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$")
_LDAP = re.compile(r"^(\d{4})(\d{2})(\d{2})(\d{6}(\.\d+)?Z?)?$")


@dataclass(frozen=True)
class Answer:
    """One value: a text or link, a date, or an option of the field."""

    text: str = ""
    day: date | None = None
    option_id: int | None = None


def answer_of(row: FieldValue) -> Answer:
    return Answer(row.text, row.date, row.option_id)


def read_words(field: ProfileField, words: Sequence[str], options: Sequence[FieldOption]) -> list[Answer]:
    """Words from a person or a directory, one value each; empty ones are left out. Raises ValidationError."""
    if field.kind == ProfileField.Kind.CHOICES:
        words = [part for word in words for part in _as_options(word, options)]
    said = list(dict.fromkeys(_read(field, word.strip(), options) for word in words if word.strip()))
    if len(said) > 1 and not (field.has_several or field.kind == ProfileField.Kind.CHOICES):
        raise ValidationError(_("Une seule réponse est attendue ici."))
    if len(said) > MOST_VALUES and not field.is_of_choices:
        raise ValidationError(_("Au plus %(most)d réponses.") % {"most": MOST_VALUES})
    return said


def _read(field: ProfileField, word: str, options: Sequence[FieldOption]) -> Answer:
    kinds = ProfileField.Kind
    if field.kind == kinds.DATE:
        return Answer(day=read_date(word))
    if field.kind in (kinds.CHOICE, kinds.CHOICES):
        option = _option_named(word, options)
        if option is None:
            raise ValidationError(_("« %(word)s » n’est pas une réponse de ce champ.") % {"word": word[:80]})
        return Answer(option_id=option.pk)
    word = " ".join("".join(c for c in word if c.isprintable() or c.isspace()).split())
    if len(word) > LONGEST_VALUE:
        raise ValidationError(_("Au plus %(most)d caractères.") % {"most": LONGEST_VALUE})
    return Answer(text=read_link(word) if field.kind == kinds.LINK else word)


def read_link(word: str) -> str:
    """An address of the web; « https:// » may be left out. Raises ValidationError."""
    address = word if "://" in word else f"https://{word}"
    try:
        _link(address)
        urlsplit(address)
    except (ValidationError, ValueError):
        raise ValidationError(
            _("« %(word)s » n’est pas l’adresse d’une page. Elle commence par https://.") % {"word": word[:80]}
        ) from None
    return address


def read_date(word: str) -> date:
    """2027-03-08, 08/03/2027 (the day first), or as LDAP writes it. Raises ValidationError."""
    try:
        if found := _DAY_FIRST.match(word):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if found := _LDAP.match(word):
            return date(*map(int, found.groups()[:3]))
        return date.fromisoformat(word[:10] if re.match(r"^\d{4}-\d\d-\d\d[T ]", word) else word)
    except ValueError:
        raise ValidationError(_("« %(word)s » n’est pas une date.") % {"word": word[:40]}) from None


def _as_options(word: str, options: Sequence[FieldOption]) -> list[str]:
    """One cell of a directory may hold several, the way its writer separates them."""
    if _option_named(word, options):
        return [word]
    return [part for part in re.split(r"[|;,\n]", word) if part.strip()]


def _option_named(word: str, options: Sequence[FieldOption]) -> FieldOption | None:
    """By its name in either language, whatever the accents and the case; those offered before those retired."""
    wanted = folded(word)
    for option in sorted(options, key=lambda option: option.retired_at is not None):
        if wanted in (folded(option.name_fr), folded(option.name_en)):
            return option
    return None
