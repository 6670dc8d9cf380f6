"""What makes a password good enough, and the reasons given when it is not.

Source: CNIL, délibération 2022-100 of 21 July 2022 (« recommandation relative aux mots de passe et autres secrets
partagés »): entropy = length x log2(size of the alphabets used), with 26 lower case, 26 upper case, 10 digits and 37
other signs; at least 80 bits for a password alone, at least 50 bits where access is slowed down after failures, as
here (`rules.minutes_to_wait`). No forced renewal, and a check against the passwords that are tried first. A phrase of
words is worth what words are worth: log2(7776) bits each, the size of the Diceware list, however long they are.

The second measure is `zxcvbn` (Wheeler, USENIX Security 2016): how many guesses an attacker who knows words, names,
dates, keyboards and the person would need.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MIN_BITS = 50
# zxcvbn's score 3, 10^8 guesses: « safely unguessable » behind a door that slows down.
MIN_GUESSES_BITS = 8 * math.log2(10)
LONGEST = 200
_BITS_A_WORD = math.log2(7776)
_ALPHABETS = (("[a-z]", 26), ("[A-Z]", 26), ("[0-9]", 10), ("[^a-zA-Z0-9]", 37))
_SEPARATORS = re.compile(r"[\s\-_.,;:!?'’]+")
_AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn", "1234567890", "poiuytreza", "mlkjhgfdsq", "nbvcxw")
_LISTS = Path(__file__).with_name("words")
# zxcvbn looks at every substring: beyond this it says nothing more, and costs.
_LOOKED_AT = 72


@dataclass(frozen=True)
class Strength:
    """`bits` is the CNIL's entropy (the lesser of signs and words), or less for what an attacker would try first;
    `weakness` is a sentence, or "" when it will do."""

    bits: int
    weakness: str

    @property
    def is_enough(self) -> bool:
        return not self.weakness


class EntropyValidator:
    """Django's door to `strength_of`."""

    def validate(self, password: str, user: Any = None) -> None:
        weakness = strength_of(password, known_of(user) if user is not None else ()).weakness
        if weakness:
            raise ValidationError(weakness, code="password_too_weak")

    def get_help_text(self) -> str:
        return advice()


def advice() -> str:
    return _(
        "Quatre ou cinq mots sans rapport entre eux, c’est facile à retenir et difficile à deviner. "
        "Sinon, au moins neuf signes mêlant minuscules, majuscules et chiffres."
    )


def known_of(person: Any) -> list[str]:
    """What an attacker who knows somebody would try first."""
    fields = ("identifier", "mail", "name", "given_name", "title", "unit", "site", "phone", "employee_number")
    return [str(getattr(person, field, "") or "") for field in fields]


def entropy(password: str) -> float:
    """Bits by the CNIL's formula; what is mostly words is worth its words instead, when that is less."""
    parts = [part for part in _SEPARATORS.split(password) if part]
    words = [part for part in parts if part.isalpha()]
    is_phrase = len(parts) > 1 and len(words) >= len(parts) * 0.75
    if not is_phrase:
        return _by_signs(password)
    by_words = sum(min(_by_signs(part), _BITS_A_WORD) if part.isalpha() else _by_signs(part) for part in parts)
    return min(_by_signs(password), by_words)


def _by_signs(text: str) -> float:
    size = sum(count for alphabet, count in _ALPHABETS if re.search(alphabet, text))
    return len(text) * math.log2(size) if size else 0.0


def strength_of(password: str, known: Iterable[str] = ()) -> Strength:
    """`known`: words about the person and the company, as bad as the most common passwords."""
    bits = int(entropy(password))
    if len(password) > LONGEST:
        return Strength(bits, _("C’est trop long\u00a0: %(count)d signes au plus.") % {"count": LONGEST})
    if bits < MIN_BITS:
        return Strength(
            bits,
            _("C’est trop court ou trop simple\u00a0: %(bits)d points de solidité sur %(wanted)d. Ajoutez un mot.")
            % {"bits": bits, "wanted": MIN_BITS},
        )
    pieces = _pieces(known)
    plain = _plain(password[:_LOOKED_AT])
    without = _without(pieces, plain)
    if without != plain.lower() and entropy(without) < MIN_BITS * 0.6:
        # A name and a year are two guesses, whatever their length: what is left without the names must stand alone.
        return Strength(int(entropy(without)), _about_you())
    guesses_bits, match = _weakest(plain, pieces)
    if guesses_bits < MIN_GUESSES_BITS:
        return Strength(min(bits, int(guesses_bits)), _reason(match))
    return Strength(bits, "")


def _without(pieces: list[str], plain: str) -> str:
    rest = plain.lower()
    for piece in sorted(pieces, key=len, reverse=True):
        rest = rest.replace(piece, "")
    return rest


def _weakest(plain: str, pieces: list[str]) -> tuple[float, dict[str, Any]]:
    """(how many bits a patient attacker needs, the longest part that is in a list or follows a pattern)."""
    # Imported when somebody first chooses a password: its lists take 15 MB.
    from zxcvbn import matching, scoring

    lists = {**matching.RANKED_DICTIONARIES, **_french_lists(), "about_you": _ranked(pieces)}
    found: list[dict[str, Any]] = matching.omnimatch(plain, lists)  # type: ignore[no-untyped-call]
    result: dict[str, Any] = scoring.most_guessable_match_sequence(plain, found)  # type: ignore[no-untyped-call]
    return result["guesses_log10"] * math.log2(10), max(result["sequence"], key=lambda match: len(match["token"]))


def _about_you() -> str:
    return _("Il contient votre nom, votre identifiant ou le nom de l’entreprise\u00a0: on l’essaierait d’abord.")


def _reason(match: dict[str, Any]) -> str:
    """One sentence about what gives the password away."""
    if match["pattern"] == "dictionary":
        if match["dictionary_name"] == "about_you":
            return _about_you()
        if match["dictionary_name"] in ("passwords", "passwords_fr"):
            return _("Il ressemble à un mot de passe très répandu\u00a0: on l’essaierait d’abord.")
        if "name" in match["dictionary_name"]:
            return _("Les noms et les prénoms se devinent facilement.")
        return _("Un ou deux mots du dictionnaire se devinent vite\u00a0: ajoutez-en d’autres, sans rapport.")
    if match["pattern"] == "spatial":
        return _("Des touches voisines sur le clavier se devinent facilement.")
    if match["pattern"] == "repeat":
        return _("Répéter le même signe ou le même mot n’ajoute presque rien.")
    if match["pattern"] == "sequence":
        return _("Une suite comme «\u00a0abcd\u00a0» ou «\u00a06543\u00a0» se devine facilement.")
    if match["pattern"] in ("date", "regex"):
        return _("Une date ou une année se devine facilement.")
    return _("Il se devine trop vite\u00a0: ajoutez un mot ou deux, sans rapport.")


def _plain(text: str) -> str:
    """Lower case and without accents, as the lists are."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _pieces(known: Iterable[str]) -> list[str]:
    """Whole fields without their spaces, and their words of three letters or more."""
    found: list[str] = []
    for text in (*known, settings.PARVIS_COMPANY, "parvis"):
        words = [w for w in re.split(r"[\W_]+", _plain(text).lower()) if len(w) > 2]
        found += ["".join(words), *words] if words else []
    return found


def _ranked(words: Iterable[str]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for word in words:
        ranks.setdefault(word, len(ranks) + 1)
    return ranks


@lru_cache(maxsize=1)
def _french_lists() -> dict[str, dict[str, int]]:
    rows = [row[i:j] for row in _AZERTY for i in range(len(row)) for j in range(i + 4, len(row) + 1)]
    lists = {path.stem: path.read_text(encoding="utf-8").split() for path in sorted(_LISTS.glob("*.txt"))}
    lists["passwords_fr"] += rows
    return {name: _ranked(words) for name, words in lists.items()}
