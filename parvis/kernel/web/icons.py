"""Lucide icons as inline SVG (ISC licence; scripts/make_icons.mjs makes the table from the names in icons.txt)."""

import json
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

DRAWINGS: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text(encoding="utf-8"))
# What stands where a row names an icon that this version no longer draws.
_UNKNOWN = "circle"
# The sizes of `svg.i` in base.css, said again for a page whose sheet is late: an SVG without them fills its column.
_SIDES = {"s": 16, "l": 24}
_SIDE = 20
_SVG = (
    '<svg class="i%s" width="%d" height="%d" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">%s</svg>'
)


@lru_cache(maxsize=512)
def icon(name: str, cls: str = "") -> Markup:
    """The drawing, hidden from screen readers: a word always stands beside it. `cls` is "s" (16) or "l" (24)."""
    side = _SIDES.get(cls, _SIDE)
    drawing = DRAWINGS.get(name, DRAWINGS[_UNKNOWN])
    return Markup(_SVG % (f" {cls}" if cls else "", side, side, drawing))  # noqa: S704
