"""What may stand in the short texts of a community: one line, something to see, a bounded length."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.communities.models import Community

# They turn the direction of what follows, even outside the text.
_TURNS = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
# A French sign never begins a line: a space typed before it becomes one that holds.
_HELD = ((re.compile(r" ([?!;])"), "\u202f\\1"), (re.compile(r" ([:»])"), "\u00a0\\1"), (re.compile("« "), "«\u00a0"))


def one_line(text: str, *, field: str, most: int, least: int = 0) -> str:
    """The text composed, without control characters, spaces single. Raises ValidationError naming the field."""
    composed = unicodedata.normalize("NFC", text)
    line = " ".join("".join(c for c in word if not _is_refused(c)) for word in composed.split()).strip()
    for found, held in _HELD:
        line = found.sub(held, line)
    if least and not any(unicodedata.category(c)[0] in "LNSP" for c in line):
        raise ValidationError({field: _("Ce champ est vide : écrivez quelques mots.")})
    if len(line) < least:
        raise ValidationError(
            {
                field: ngettext(
                    "Il faut au moins %(least)d caractère.", "Il faut au moins %(least)d caractères.", least
                )
                % {"least": least}
            }
        )
    if len(line) > most:
        raise ValidationError(
            {
                field: _("C’est trop long : %(length)d caractères, pour %(most)d au plus.")
                % {"length": len(line), "most": most}
            }
        )
    return line


def _is_refused(character: str) -> bool:
    return character in _TURNS or unicodedata.category(character) in {"Cc", "Cs"}


def refuse_archived(community: Community) -> None:
    """Of an archive nothing is set anew: neither its settings, nor its look, nor who welcomes there. Raises
    ValidationError."""
    if community.is_archived:
        raise ValidationError(_("La communauté est archivée : ses réglages ne changent plus."))
