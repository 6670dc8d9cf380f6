"""Dates in the reader's words and time zone, exact on hover: « il y a 8 min », « hier à 16 h 05 »."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import time

from babel.dates import format_date, format_datetime
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def locale() -> str:
    return _LOCALES.get((get_language() or "fr")[:2], "fr_FR")


def clock(at: datetime) -> str:
    """« 9 h 05 » in French, « 9:05 » in English. `at` is in the reader's zone."""
    if locale().startswith("fr"):
        return f"{at.hour}\u00a0h" + (f"\u00a0{at.minute:02d}" if at.minute else "")
    return f"{at.hour}:{at.minute:02d}"


def in_words(at: datetime, now: datetime | None = None) -> str:
    """How one would say it aloud, now. Both in any time zone."""
    now = now or timezone.now()
    elapsed = now - at
    if timedelta(seconds=-60) < elapsed < timedelta(minutes=1):
        return _("à l’instant")
    if timedelta(0) < elapsed < timedelta(hours=1):
        return _("il y a %(minutes)d\u00a0min") % {"minutes": elapsed.seconds // 60}
    if timedelta(0) < elapsed < timedelta(hours=6):
        return _("il y a %(hours)d\u00a0h") % {"hours": elapsed.seconds // 3600}
    here, today = timezone.localtime(at), timezone.localtime(now).date()
    days = (today - here.date()).days
    if days == 0:
        return _("aujourd’hui à %(clock)s") % {"clock": clock(here)}
    if days == 1:
        return _("hier à %(clock)s") % {"clock": clock(here)}
    if 1 < days < 7:
        return _("%(day)s à %(clock)s") % {"day": _day(here), "clock": clock(here)}
    if here.year == today.year:
        return format_date(here.date(), "d MMMM", locale=locale())
    return format_date(here.date(), "d MMMM y", locale=locale())


def exactly(at: datetime) -> str:
    here = timezone.localtime(at)
    day = format_date(here.date(), "full", locale=locale())
    return f"{day}, {clock(here)}"


def when(at: datetime) -> Markup:
    """A `<time>` with the words, and the exact moment for a pointer or a screen reader's `title`."""
    return Markup(times_in_words()[int(at.timestamp())].decode())  # noqa: S704


class _Times(dict[int, bytes]):
    """`<time>` by seconds since 1970, as the bytes that go out."""

    def __missing__(self, stamp: int) -> bytes:
        at = datetime.fromtimestamp(stamp, UTC)
        said = Markup('<time datetime="%s" title="%s">%s</time>') % (at.isoformat(), exactly(at), in_words(at))
        self[stamp] = said.encode()
        return self[stamp]


def times_in_words() -> Mapping[int, bytes]:
    """`when` for many times (as seconds) at once: a feed says sixty in one language, zone and minute."""
    return _times(int(time()) // 60, locale(), str(timezone.get_current_timezone()))


@lru_cache(maxsize=8)
def _times(_minute: int, _language: str, _zone: str) -> _Times:
    """Each moment is drawn once a minute for its language and zone."""
    return _Times()


def _day(at: datetime) -> str:
    return format_datetime(at, "EEEE", locale=locale())


def day_in_words(day: date) -> str:
    """« 12 mars », « 12 mars 2027 » in another year than this one."""
    is_near = day.year == timezone.localdate().year
    return _date_in_words(day, "d MMMM" if is_near else "d MMMM y", locale())


def today_in_words() -> str:
    """« mardi 24 novembre », the dateline of the feed."""
    return _date_in_words(timezone.localdate(), "EEEE d MMMM", locale())


@lru_cache(maxsize=64)
def _date_in_words(day: date, pattern: str, language: str) -> str:
    """Babel reads the name of its locale anew each time: a tenth of a page."""
    return format_date(day, pattern, locale=language)
