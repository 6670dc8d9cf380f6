"""How long a guest stays: until the end of a day, as that day ends where the guest lives."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.people.models import Person
from parvis.people.zones import zone_named

USUAL_MONTHS, MOST_MONTHS = 6, 12
# Whoever answers for a guest is told this long before the end.
TOLD_BEFORE = timedelta(days=14)


def in_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month: from 31 August to 28 February."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def today_of(person: Person, now: datetime | None = None) -> date:
    return timezone.localdate(now or timezone.now(), zone_named(person.time_zone) or timezone.get_default_timezone())


def last_moment(day: date, person: Person) -> datetime:
    """Midnight after that day, in the person's own time zone, else the company's. From then on nothing is read."""
    zone = zone_named(person.time_zone) or timezone.get_default_timezone()
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def last_day(ends_at: datetime, person: Person) -> date:
    """The day that `last_moment` was made of."""
    return today_of(person, ends_at - timedelta(seconds=1))


def checked(ends_on: date | None, person: Person) -> date:
    """Six months when nothing is said; from today to twelve months, where the guest is. Raises ValidationError."""
    today = today_of(person)
    if ends_on is None:
        return in_months(today, USUAL_MONTHS)
    if ends_on < today:
        raise ValidationError({"ends_on": _("Ce jour est passé.")})
    if ends_on > in_months(today, MOST_MONTHS):
        raise ValidationError({"ends_on": _("Un an au plus : on prolonge quand la fin approche.")})
    return ends_on
