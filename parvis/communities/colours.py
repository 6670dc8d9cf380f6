"""A colour of one's own, that can be read: its contrast by day and by night, and the nearest one that passes.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, from relative luminance,
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance): (L1 + 0.05) / (L2 + 0.05). A sign needs 3 (success criterion
1.4.11). "Nearest" is in OKLab, where equal steps look equal (Björn Ottosson, https://bottosson.github.io/posts/oklab/):
the lightness moves as little as it takes, the hue stays.
"""

import math
import re
from dataclasses import dataclass

# The sheet that the sign stands on, as tokens.css says it (--color-base-100).
DAY, NIGHT = "#ffffff", "#222833"
LEAST = 3.0
_HEX = re.compile(r"#?(?P<six>[0-9a-f]{6})|#?(?P<three>[0-9a-f]{3})", re.IGNORECASE)
_STEP = 0.004
# Below it the eye sees no hue.
_GREY = 0.03

Channels = tuple[float, float, float]


@dataclass(frozen=True)
class Contrasts:
    """Of one colour as a sign, by day and by night."""

    day: float
    night: float

    @property
    def passes(self) -> bool:
        return self.day >= LEAST and self.night >= LEAST


def read_colour(text: str) -> str | None:
    """« #23407A », « 23407a » or « #abc » as "#23407a"; None for what is no colour."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    six = found["six"] or "".join(2 * digit for digit in found["three"])
    return f"#{six.lower()}"


def contrasts_of(colour: str) -> Contrasts:
    return Contrasts(contrast(colour, DAY), contrast(colour, NIGHT))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest_that_passes(colour: str) -> str:
    """The colour itself, or the one of its hue whose lightness differs least."""
    if contrasts_of(colour).passes:
        return colour
    lightness, a, b = _oklab(_linear(colour))
    for step in range(1, int(1 / _STEP) + 1):
        for moved in (lightness - step * _STEP, lightness + step * _STEP):
            if 0 < moved < 1 and contrasts_of(found := _within(moved, a, b)).passes:
                return found
    raise AssertionError("some grey passes by day and by night")


def hue_of_colour(colour: str) -> int | None:
    """Its angle in OKLCH, as the tiles turn it; None for a grey."""
    _lightness, a, b = _oklab(_linear(colour))
    if math.hypot(a, b) < _GREY:
        return None
    return round(math.degrees(math.atan2(b, a))) % 360


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """As a browser shows `oklch(…)`, with less chroma where the screen has none."""
    return _within(lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue)))


def _within(lightness: float, a: float, b: float) -> str:
    """With as much of its chroma as sRGB holds."""
    for tenths in range(20, -1, -1):
        channels = _from_oklab((lightness, a * tenths / 20, b * tenths / 20))
        if all(-0.0005 <= channel <= 1.0005 for channel in channels):
            return _hex(channels)
    return _hex(_from_oklab((lightness, 0.0, 0.0)))


def _linear(colour: str) -> Channels:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return (_decoded(red), _decoded(green), _decoded(blue))


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _hex(linear: Channels) -> str:
    encoded = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (min(1.0, max(0.0, c)) for c in linear)
    )
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in encoded)


def _oklab(rgb: Channels) -> Channels:
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: Channels) -> Channels:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
