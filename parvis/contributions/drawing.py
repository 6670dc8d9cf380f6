"""Cards as HTML. The same card for the same language is drawn once and kept: a feed page is mostly cards that were
drawn for somebody else. What differs between two readings stands as a mark and is filled in a page at a time: the form
token (kernel/web/templating.py) and the words for a time. Drawing is a pure function of the card, so nothing has to be
invalidated.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup

from parvis.contributions.queries import Card
from parvis.kernel.web.dates import times_in_words
from parvis.kernel.web.templating import MARKS, pages

# Drawn by lot, so that nobody can write one.
TIME, END = f"\ue003{secrets.token_hex(4)}:", "\ue004"
_TIMES = re.compile(f"{TIME}(\\d+){END}")
KEPT = 3000


def cards(shown: Iterable[Card]) -> Markup:
    language, in_words = get_language() or "fr", times_in_words()
    parts: list[str] = []
    for card in shown:
        texts, stamps = _drawn(card, language)
        for text, stamp in zip(texts, stamps, strict=False):
            parts += (text, in_words(stamp))
        parts.append(texts[-1])
    return Markup("".join(parts))  # noqa: S704  drawn by an autoescaped template


# The key is the rows themselves, whose hashes and comparisons are C's: a page of kept cards makes no object a line.
# Cut at the times when it is drawn: to look for them in each page took a quarter of it.
@lru_cache(maxsize=KEPT)
def _drawn(card: Card, language: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The texts between the times, and the times; one text more than there are times."""
    pieces = _TIMES.split(str(_macros()["card"](card.line, MARKS["csrf_input"])))
    return tuple(pieces[::2]), tuple(map(int, pieces[1::2]))


def mark(at: datetime) -> Markup:
    """Where the words for a time go."""
    return Markup(f"{TIME}{int(at.timestamp())}{END}")  # noqa: S704


def _macros() -> dict[str, Any]:
    return _made(get_language() or "fr")


@lru_cache(maxsize=8)
def _made(language: str) -> dict[str, Any]:
    """The macros of `_cards.html`, with marks instead of times, made once a language."""
    template = pages().get_template("contributions/_cards.html")
    return vars(template.make_module({"when": mark}))
