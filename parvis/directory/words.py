"""How many, in words: from ten on, rounded down, so that it is never more than there were and never a score."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Below, nothing is said.
LEAST_READERS = 10
LEAST_UNITS = 3
_PEOPLE = (
    (10, gettext_lazy("une dizaine de personnes")),
    (15, gettext_lazy("une quinzaine de personnes")),
    (20, gettext_lazy("une vingtaine de personnes")),
    (30, gettext_lazy("une trentaine de personnes")),
    (40, gettext_lazy("une quarantaine de personnes")),
    (50, gettext_lazy("une cinquantaine de personnes")),
    (60, gettext_lazy("une soixantaine de personnes")),
    (80, gettext_lazy("plus de quatre-vingts personnes")),
    (100, gettext_lazy("une centaine de personnes")),
    (150, gettext_lazy("plus de cent cinquante personnes")),
    (200, gettext_lazy("plus de deux cents personnes")),
    (300, gettext_lazy("plus de trois cents personnes")),
    (500, gettext_lazy("plus de cinq cents personnes")),
    (1000, gettext_lazy("plus de mille personnes")),
)


def readers_in_words(readers: int) -> str:
    """« une soixantaine de personnes », to stand after « Lu par »; empty below ten."""
    said = [words for least, words in _PEOPLE if readers >= least]
    if readers >= 2 * _PEOPLE[-1][0]:
        return _("plus de %(count)s personnes") % {"count": f"{readers // 1000 * 1000:_}".replace("_", "\u202f")}
    return str(said[-1]) if said else ""


def units_in_words(readers: int, units: int) -> str:
    """« 4 unités », to stand after « dans »; empty below three, and while the readers are not said."""
    return _("%(count)d unités") % {"count": units} if readers >= LEAST_READERS and units >= LEAST_UNITS else ""
