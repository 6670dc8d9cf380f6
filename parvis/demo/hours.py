"""When people of Ateliers Vauban write: office hours, three shifts, the road, another time zone, bank holidays."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from parvis.demo.cast import OFFICE, QUEBEC, ROAD, SHIFTS, Somebody

PARIS, TORONTO = ZoneInfo("Europe/Paris"), ZoneInfo("America/Toronto")
# (from, to) in hours of the day; the night shift ends on the next one.
_SHIFT_HOURS = {"A": (5.0, 13.0), "B": (13.0, 21.0), "C": (21.0, 29.0)}
_DAY_HOURS = {OFFICE: (8.0, 18.2), ROAD: (6.8, 19.8), QUEBEC: (7.3, 16.8)}
# How likely a day is, against an ordinary one.
_AUGUST, _END_OF_YEAR = 0.3, 0.15
_LOOK_BACK = 12


def zone_of(person: Somebody) -> ZoneInfo:
    return TORONTO if person.rhythm == QUEBEC else PARIS


def liveliness(person: Somebody, day: date) -> float:
    """0 on a day this person does not work; less in August and at the end of the year."""
    if day.weekday() >= 5:
        return 0.0
    if day in (_holidays_of_quebec if person.rhythm == QUEBEC else _holidays_of_france)(day.year):
        return 0.0
    if day.month == 8 and day.day <= 25:
        return _AUGUST if person.rhythm != QUEBEC else 0.8
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2):
        return _END_OF_YEAR
    return 1.0


def works_on(person: Somebody, day: date) -> bool:
    return liveliness(person, day) > 0


def works_at(person: Somebody, moment: datetime) -> bool:
    local = moment.astimezone(zone_of(person))
    hour = local.hour + local.minute / 60
    start, end = _hours_of(person)
    if works_on(person, local.date()) and start <= hour < end:
        return True
    return works_on(person, local.date() - timedelta(days=1)) and hour + 24 < end


def some_moment(person: Somebody, day: date, rng: Random) -> datetime:
    """Within that working day: mornings and early afternoons more than the hour of lunch."""
    start, end = _hours_of(person)
    hour = rng.uniform(start, end)
    if person.rhythm == OFFICE and 12.3 <= hour % 24 < 13.4:
        hour = rng.uniform(start, 12.3)
    return _at(person, day, hour)


def moment_between(
    person: Somebody, day: date, between: tuple[float, float], *, before: datetime, rng: Random
) -> datetime:
    """At those hours of that day, or of the last working one on which they are over; at work whatever they say."""
    start, end = _hours_of(person)
    low, high = max(start, between[0]), min(end, between[1])
    hour = rng.uniform(low, high) if low < high else rng.uniform(start, end)
    while not works_on(person, day) or _at(person, day, hour) >= before:
        day -= timedelta(days=1)
    return _at(person, day, hour)


def next_moment(person: Somebody, after: datetime, rng: Random) -> datetime:
    """`after` itself when at work then; else soon after the person is back."""
    if works_at(person, after):
        return after
    day = after.astimezone(zone_of(person)).date()
    for ahead in range(_LOOK_BACK + 10):
        if works_on(person, day + timedelta(days=ahead)):
            back = _at(person, day + timedelta(days=ahead), _hours_of(person)[0] + rng.uniform(0.05, 1.5))
            if back > after:
                return back
    return after


def latest_moment(person: Somebody, before: datetime, rng: Random) -> datetime:
    """`before` itself when at work then; else late on the last day the person worked."""
    if works_at(person, before):
        return before
    day = before.astimezone(zone_of(person)).date()
    for back in range(_LOOK_BACK):
        if works_on(person, day - timedelta(days=back)):
            left = _at(person, day - timedelta(days=back), _hours_of(person)[1] - rng.uniform(0.1, 4.0))
            if left < before:
                return left
    return before


def is_awake(moment: datetime) -> bool:
    """In Paris, between breakfast and bedtime."""
    return 7 <= moment.astimezone(PARIS).hour < 22


def next_working_day(person: Somebody, day: date) -> date:
    while not works_on(person, day):
        day += timedelta(days=1)
    return day


def last_working_day(person: Somebody, day: date) -> date:
    while not works_on(person, day):
        day -= timedelta(days=1)
    return day


def _hours_of(person: Somebody) -> tuple[float, float]:
    return _SHIFT_HOURS[person.rhythm] if person.rhythm in SHIFTS else _DAY_HOURS[person.rhythm]


def _at(person: Somebody, day: date, hour: float) -> datetime:
    seconds = int(hour % 24 * 3600)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return datetime.combine(day + timedelta(days=int(hour // 24)), clock, tzinfo=zone_of(person))


@lru_cache(maxsize=8)
def _holidays_of_france(year: int) -> frozenset[date]:
    easter = _easter(year)
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    moving = [easter + timedelta(days=days) for days in (1, 39, 50)]
    return frozenset([date(year, month, day) for month, day in fixed] + moving)


@lru_cache(maxsize=8)
def _holidays_of_quebec(year: int) -> frozenset[date]:
    # The national day of Québec, Canada Day, Labour Day (first Monday of September), Thanksgiving (second of October).
    labour = next(date(year, 9, day) for day in range(1, 8) if date(year, 9, day).weekday() == 0)
    thanks = next(date(year, 10, day) for day in range(8, 15) if date(year, 10, day).weekday() == 0)
    fixed = [(1, 1), (6, 24), (7, 1), (12, 25), (12, 26)]
    return frozenset([date(year, month, day) for month, day in fixed] + [labour, thanks, _easter(year)])


def _easter(year: int) -> date:
    """Gregorian computus, after Meeus, Astronomical Algorithms, chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lead = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * lead) // 451
    month, day = divmod(h + lead - 7 * m + 114, 31)
    return date(year, month, day + 1)
