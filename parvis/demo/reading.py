"""Reads the texts of the demo company: what was published, who answered what, and turns of phrase with variations.

A file of `texts/` reads from top to bottom:

    === author | title | when, en, +        a publication; what it says follows
    -> somebody: a comment                  `-> somebody +30:` thirty days later
    ->> somebody: a reply to that comment

    ~~~ several authors | n=12, en          the same situation, told several times
    word: one / another                     {word} in the texts takes one of them
    ---
    # A title with a {word}
    One way to tell it. Each `---` opens another.
    -> * [1 3]: a comment that suits the first and the third; `*` is any reader, `=` the author

    %%% chorus                              short answers that suit anything there

When: `r=40m` ago, `j=12` days ago, `m=7` the last July, nothing for any time; `h=9-11` at those hours of the day,
which a telling asks for after its title: `# This noon | 9-11`.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

TEXTS = Path(__file__).with_name("texts")

ANYBODY, AUTHOR = "*", "="
_SAID = re.compile(r"(?P<arrow>->>?) (?P<who>[\w.*=-]+)(?: \+(?P<days>\d+))?(?: \[(?P<suits>[\d ]+)\])?: (?P<text>.+)")
_AGO = re.compile(r"(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m?)?")


class Unreadable(Exception):
    """A line that the parser does not understand: its file and number."""


@dataclass(frozen=True)
class Said:
    """A comment and its replies. `suits`: the tellings (from 1) under which it makes sense; empty for all."""

    who: str
    text: str
    after: timedelta | None = None
    suits: frozenset[int] = frozenset()
    replies: tuple["Said", ...] = ()


@dataclass(frozen=True)
class When:
    """At most one of the first three is set; none means any time. `between`: hours of the author's day."""

    ago: timedelta | None = None
    days: int | None = None
    month: int | None = None
    between: tuple[float, float] | None = None


@dataclass(frozen=True)
class Telling:
    title: str
    text: str
    between: tuple[float, float] | None = None


@dataclass(frozen=True)
class Publication:
    author: str
    telling: Telling
    when: When
    language: str
    is_popular: bool
    threads: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Situation:
    """Told `count` times, by one of `authors` each time."""

    authors: tuple[str, ...]
    count: int
    language: str
    words: dict[str, tuple[str, ...]]
    tellings: tuple[Telling, ...]
    threads: tuple[Said, ...]


@dataclass
class Texts:
    publications: list[Publication] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    chorus: list[str] = field(default_factory=list)


def read(name: str) -> Texts:
    """The texts of one community. Raises Unreadable."""
    texts = Texts()
    for number, block in _blocks((TEXTS / f"{name}.md").read_text(encoding="utf-8")):
        try:
            if block[0].startswith("==="):
                texts.publications.append(_publication(block))
            elif block[0].startswith("~~~"):
                texts.situations.append(_situation(block))
            else:
                texts.chorus += [line for line in block[1:] if line]
        except (ValueError, KeyError, AttributeError) as trouble:
            raise Unreadable(f"{name}.md, block of line {number}: {trouble}") from trouble
    return texts


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    blocks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(("===", "~~~", "%%%")):
            blocks.append((number, []))
        blocks[-1][1].append(line)
    return blocks


def _publication(block: list[str]) -> Publication:
    author, title, *rest = (part.strip() for part in block[0].removeprefix("===").split("|"))
    options = rest[0].split() if rest else []
    text, threads = _text_and_threads(block[1:])
    return Publication(
        author,
        Telling(title, text),
        _when(options),
        "en" if "en" in options else "fr",
        "+" in options,
        threads,
    )


def _situation(block: list[str]) -> Situation:
    authors, rest = (part.strip() for part in block[0].removeprefix("~~~").split("|"))
    options = rest.split()
    head, *parts = "\n".join(block[1:]).split("\n---\n")
    *parts, last = parts
    text, threads = _text_and_threads(last.splitlines())
    words = dict(line.split(": ", 1) for line in head.splitlines() if line)
    return Situation(
        tuple(authors.split()),
        int(next(option for option in options if option.startswith("n="))[2:]),
        "en" if "en" in options else "fr",
        {word: tuple(choice.strip() for choice in choices.split(" / ")) for word, choices in words.items()},
        tuple(_telling(part) for part in [*parts, text]),
        threads,
    )


def _telling(text: str) -> Telling:
    title, _newline, rest = text.strip().partition("\n")
    if not title.startswith("# "):
        return Telling("", text.strip())
    title, _bar, between = title[2:].partition(" | ")
    return Telling(title, rest.strip(), _hours(between) if between else None)


def _hours(written: str) -> tuple[float, float]:
    start, _dash, end = written.partition("-")
    return float(start), float(end)


def _text_and_threads(lines: list[str]) -> tuple[str, tuple[Said, ...]]:
    text: list[str] = []
    threads: list[Said] = []
    for line in lines:
        if not line.startswith("->"):
            text.append(line)
            continue
        m = _SAID.fullmatch(line)
        if m is None:
            raise ValueError(line)
        said = Said(
            m["who"],
            m["text"],
            timedelta(days=int(m["days"])) if m["days"] else None,
            frozenset(int(n) for n in (m["suits"] or "").split()),
        )
        if m["arrow"] == "->":
            threads.append(said)
        else:
            threads[-1] = replace(threads[-1], replies=(*threads[-1].replies, said))
    return "\n".join(text).strip(), tuple(threads)


def _when(options: list[str]) -> When:
    when = When()
    for option in options:
        kind, _equals, value = option.partition("=")
        if kind == "r":
            m = _AGO.fullmatch(value)
            if m is None:
                raise ValueError(option)
            when = replace(when, ago=timedelta(hours=int(m["hours"] or 0), minutes=int(m["minutes"] or 0)))
        elif kind == "j":
            when = replace(when, days=int(value))
        elif kind == "m":
            when = replace(when, month=int(value))
        elif kind == "h":
            when = replace(when, between=_hours(value))
    return when
