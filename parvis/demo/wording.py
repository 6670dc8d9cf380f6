"""From a telling with {words} to a text that reads as if written once: dates, articles, capitals, tongue."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from parvis.demo.cast import Somebody, everybody
from parvis.demo.hours import next_working_day, zone_of
from parvis.kernel.text import folded

_WORD = re.compile(r"(?P<before>\b[Dd]e |\b[àÀ] )?\{(?P<name>\w+)(?:\+(?P<days>\d+))?\}")
_CONTRACTED = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}
_START_OF_SENTENCE = re.compile(r"(?:^|[.!?…»]\s|\n(?:[-\d.]* ?))$")
_IDENTIFIERS = {person.name: person.identifier for person in everybody()}
_CALLED = re.compile("@(" + "|".join(map(re.escape, _IDENTIFIERS)) + ")")
_THANKED = re.compile(r"(?P<thanks>\b(?:[Mm]erci|[Bb]ravo|Thank you|thank you)) (?P<name>[A-ZÉÈÎ][\w’-]+)")
_CALLS, _TAGS = 0.7, 0.55
_ENGLISH = re.compile(r"\b(the|and|you|is|are|we|my|it|for|will|thanks?|of|to|in|at)\b", re.IGNORECASE)
_FRENCH = re.compile(r"\b(le|la|les|et|vous|est|on|pour|je|un|une|des|du|de|merci|pas|en|à)\b", re.IGNORECASE)
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def worded(text: str, words: Mapping[str, str], *, author: Somebody, at: datetime, language: str) -> str:
    """`{d+3}` is a date three days later or soon after, `{j+3}` the third weekday at work, `{a}` the author's name."""

    def put(m: re.Match[str]) -> str:
        value = _value(m["name"], int(m["days"] or 0), words, author, at, language)
        before = m["before"] or ""
        article, _space, rest = value.partition(" ")
        contracted = _CONTRACTED.get(f"{before.lower()}{article}")
        if contracted:
            value, before = f"{contracted} {rest}", ""
            if m["before"][0].isupper():
                value = value[0].upper() + value[1:]
        if not before and _START_OF_SENTENCE.search(text[: m.start()]):
            value = value[:1].upper() + value[1:]
        return before + value

    return called(_WORD.sub(put, text))


def called(text: str) -> str:
    """`@Bruno Le Goff` becomes `@bruno.le-goff`, as somebody would have typed it."""
    return _CALLED.sub(lambda m: f"@{_IDENTIFIERS[m[1]]}", text) if "@" in text else text


def calling(text: str, here: Mapping[str, Somebody], by: Somebody, rng: Random) -> str:
    """Thanks that name a colleague become, sometimes, a mention. `here`: who may be called, by given name."""

    def put(m: re.Match[str]) -> str:
        person = here.get(m["name"])
        if person is None or person is by or rng.random() > _CALLS:
            return m[0]
        return f"{m['thanks']} @{person.identifier}"

    return _THANKED.sub(put, text, count=1)


def tagged(text: str, topics: Sequence[str], rng: Random) -> str:
    """With a #topic at its end, sometimes, when it speaks of one and has none yet."""
    if "#" in text or rng.random() > _TAGS:
        return text
    words = set(re.findall(r"[\w-]+", folded(text)))
    spoken = [topic for topic in topics if {folded(topic), f"{folded(topic)}s"} & words]
    if not spoken:
        return text
    return f"{text}\n\n#{rng.choice(spoken)}"


def tongue_of(text: str, otherwise: str) -> str:
    """Which of the two languages a short text is in, by its small words."""
    english, french = len(_ENGLISH.findall(text)), len(_FRENCH.findall(text))
    if english == french:
        return otherwise
    return "en" if english > french else "fr"


def _value(name: str, days: int, words: Mapping[str, str], author: Somebody, at: datetime, language: str) -> str:
    if name == "a":
        return author.given_name
    if name not in ("d", "j"):
        return words[name]
    day = at.astimezone(zone_of(author)).date()
    if name == "j":
        # Working days, so that tomorrow and the day after are two.
        for _day in range(days):
            day = next_working_day(author, day + timedelta(days=1))
    else:
        day = next_working_day(author, day + timedelta(days=days))
    weekday = _DAYS[language][day.weekday()]
    if name == "j":
        return weekday
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{weekday}, {month} {day.day}"
    return f"{weekday} {'1er' if day.day == 1 else day.day}\u00a0{month}"
