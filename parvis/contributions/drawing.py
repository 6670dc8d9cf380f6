"""Cards as HTML. The same card for the same language is drawn once and kept (kernel/web/kept.py): a feed page is
mostly cards that were drawn for somebody else. What differs between two readings, the form token and the words for a
time, is filled in a page at a time. Drawing is a pure function of the card, so nothing has to be invalidated.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup

from parvis.contributions.followed import ties_of
from parvis.contributions.lines import Card
from parvis.kernel.web.kept import MARKS, Piece, kept, place, time_mark
from parvis.kernel.web.templating import pages
from parvis.people.models import Person

KEPT = 3000


def cards(shown: Iterable[Card], reader: object = None) -> Markup:
    """As `reader` sees them: words of those they do not read stand folded."""
    language = get_language() or "fr"
    unread = unread_by(reader)
    if not unread:
        return place([_drawn(card, language) for card in shown])
    return place([_drawn(card, language, unread & _authors(card)) for card in shown])


def unread_by(reader: object) -> frozenset[int]:
    """Read with the session; nobody's for nobody."""
    return ties_of(reader).unread if isinstance(reader, Person) else frozenset()


def _authors(card: Card) -> set[int]:
    about = [card.about[5]] if card.about and len(card.about) > 1 else []
    return {row[11] for row in (card.row, *card.comments)}.union(about)


# The key is the rows themselves, whose hashes and comparisons are C's: a page of kept cards makes no object a line.
@lru_cache(maxsize=KEPT)
def _drawn(card: Card, language: str, unread: Collection[int] = ()) -> Piece:
    return kept(str(_made(language)["card"](card.line, MARKS["csrf_input"], unread=unread)))


@lru_cache(maxsize=8)
def _made(_language: str) -> dict[str, Any]:
    """The macros of `_cards.html`, with marks instead of times, made once a language."""
    template = pages().get_template("contributions/_cards.html")
    return vars(template.make_module({"when": time_mark}))
