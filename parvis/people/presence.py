"""What people declare of the moment, read and said in words. Nothing here is measured: whoever says nothing shows
nothing, and what has ended says nothing."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from babel.dates import format_date
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.kernel.web.dates import clock, locale
from parvis.people.models import Presence

# Longer than any leave of the law; what is typed beyond is a slip of the finger.
LONGEST = timedelta(days=3 * 366)
NOON, EVENING, MORNING = time(12), time(18), time(8)
# The end of a day that was named without an hour.
LAST_MINUTE = time(23, 59)


def presence_of(person_ids: Collection[int]) -> dict[int, Presence]:
    """What these people say of the moment; nothing for those who say nothing, or whose time is over. One query,
    also of nobody."""
    holds = Q(until__isnull=True) | Q(until__gt=timezone.now())
    return {said.person_id: said for said in Presence.objects.filter(holds, person_id__in=[*person_ids, 0])}


def own_presence(person_id: int) -> Presence | None:
    return presence_of([person_id]).get(person_id)


def state_in_words(state: str) -> str:
    """Worded so that it is said of anybody."""
    return {
        Presence.State.AVAILABLE.value: _("Disponible"),
        Presence.State.BUSY.value: _("Peu disponible"),
        Presence.State.AWAY.value: _("Absence"),
    }[state]


def in_words(said: Presence) -> str:
    """« Disponible jusqu’à 17 h », « Absence, retour lundi 30 novembre »: in the reader's language and time zone."""
    state = state_in_words(said.state)
    if said.until is None:
        return state
    end = _end_in_words(said.until, is_return=said.state == Presence.State.AWAY)
    return _("%(state)s, %(end)s") % {"state": state, "end": end} if said.state == "away" else f"{state} {end}"


def _end_in_words(until: datetime, *, is_return: bool) -> str:
    here, today = timezone.localtime(until), timezone.localdate()
    days = (here.date() - today).days
    pattern = "EEEE d MMMM" if here.year == today.year else "d MMMM y"
    values = {"clock": clock(here), "day": format_date(here.date(), pattern, locale=locale())}
    if is_return:
        if days == 0:
            return _("retour à %(clock)s") % values
        return _("retour demain") if days == 1 else _("retour %(day)s") % values
    is_whole_day = here.time() >= LAST_MINUTE
    if days == 0:
        return _("jusqu’à ce soir") if is_whole_day else _("jusqu’à %(clock)s") % values
    if days == 1:
        return _("jusqu’à demain soir") if is_whole_day else _("jusqu’à demain, %(clock)s") % values
    return _("jusqu’au %(day)s") % values if is_whole_day else _("jusqu’au %(day)s, %(clock)s") % values


def ends_offered(now: datetime) -> dict[str, datetime]:
    """The quick choices that make sense now, in the order of the day. `now` is in the reader's zone."""
    offered = {"hour": now + timedelta(hours=1)}
    for name, at in (("noon", NOON), ("evening", EVENING)):
        moment = timezone.make_aware(datetime.combine(now.date(), at), now.tzinfo)
        if moment > now:
            offered[name] = moment
    tomorrow = now.date() + timedelta(days=1)
    offered["morning"] = timezone.make_aware(datetime.combine(tomorrow, MORNING), now.tzinfo)
    return offered
