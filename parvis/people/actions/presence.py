"""Declaring oneself available, busy or away, and saying nothing any more. Always of oneself."""

import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.people.events import PresenceDeclared
from parvis.people.models import Person, Presence
from parvis.people.presence import LONGEST

LONGEST_WORD = 80
# They turn the direction of what follows, even outside the word.
_TURNS = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


@transaction.atomic
def declare_presence(
    *, person: Person, state: Presence.State, until: datetime | None = None, word: str = ""
) -> Presence:
    """Replaces what was said. `until`: the end, after which nothing is said any more. Raises ValidationError."""
    now = timezone.now()
    if until is not None and until <= now:
        raise ValidationError({"day": _("Ce moment est déjà passé : choisissez-en un à venir.")})
    if until is not None and until > now + LONGEST:
        raise ValidationError({"day": _("C’est trop loin : choisissez une date dans les trois ans.")})
    word = _one_line(word)
    if len(word) > LONGEST_WORD:
        given = {"length": len(word), "most": LONGEST_WORD}
        raise ValidationError({"word": _("C’est trop long : %(length)d caractères, pour %(most)d au plus.") % given})
    said, _is_new = Presence.objects.update_or_create(
        person=person, defaults={"state": state, "until": until, "word": word, "declared_at": now}
    )
    events.publish(PresenceDeclared(person_id=person.pk))
    return said


@transaction.atomic
def say_nothing(*, person: Person) -> None:
    deleted, _rows = Presence.objects.filter(person=person).delete()
    if deleted:
        events.publish(PresenceDeclared(person_id=person.pk))


def _one_line(text: str) -> str:
    """Composed, spaces single, without what has no shape or turns the line around."""
    kept = "".join(
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or (c not in _TURNS and unicodedata.category(c) not in {"Cc", "Cs"})
    )
    return " ".join(kept.split())
