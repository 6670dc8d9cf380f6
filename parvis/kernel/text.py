"""Folding of names, so that both engines sort and find alike: Zoé after Émile, « elo » finds Éloïse."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# Letters that NFKD leaves whole, and the NUL that PostgreSQL refuses even in a question.
_LIGATURES = str.maketrans(
    {"\0": None, "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "ı": "i", "’": "'"}
)


def folded(text: str) -> str:
    """Lower case, without accents, one space between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)
    return _SPACES.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


def slugged(text: str, *, limit: int = 60) -> str:
    """What of a name can stand in an address; may be empty (a name without a Latin letter or digit)."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")[:limit].strip("-")


def id_in(text: str) -> int | None:
    """The number of a row that somebody's address or form names; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
