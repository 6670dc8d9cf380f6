"""The texts of the demo company are readable, typeset as French and English are, and rich enough."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.demo.cast import everybody
from parvis.demo.reading import TEXTS, Said, Texts, Unreadable, read

PLACES = sorted(path.stem for path in TEXTS.glob("*.md"))
# What French typography sets, and a keyboard does not: no space of its own kind before ? ! ; : » nor after «.
MISTAKES = [
    re.compile(r"(?<=\w)'(?=\w)"),
    re.compile(r" [?!;»]"),
    re.compile(r"« |[^\u00a0] »"),
    re.compile(r"(?<!\|) :(?: |$)"),
    re.compile(r"\.\.\."),
    re.compile(r"\d (?:mm|bar|°C|%|€|kg|km|MPa|dB)\b"),
    re.compile(r"\b\d{1,2} h\b|\u00a0h \d"),
    re.compile(r"\b(\w+) \1\b(?<!nous nous)(?<!vous vous)", re.IGNORECASE),
]


def comments(texts: Texts) -> Iterator[Said]:
    for publication in (*texts.publications, *texts.situations):
        for thread in publication.threads:
            yield thread
            yield from thread.replies


TABLES = [TEXTS.parent / f"{name}.toml" for name in ("abouts", "communities", "lives", "profiles")]
FILES = [*sorted(TEXTS.glob("*.md")), *TABLES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_texts_are_typeset(file: Path) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        for mistake in MISTAKES:
            found = None if line.startswith("# ") and file.suffix == ".toml" else mistake.search(line)
            assert found is None, f"{file.name}:{number}: « {found[0]} » in: {line}"


def test_the_corpus_is_written_by_hand_and_not_repeated() -> None:
    everything = [read(place) for place in PLACES]
    told = [publication.telling.text for texts in everything for publication in texts.publications]
    variants = [telling.text for texts in everything for one in texts.situations for telling in one.tellings]
    said = [comment.text for texts in everything for comment in comments(texts)]

    assert len(told) >= 350
    assert len(variants) >= 150
    assert len(set(said)) >= 1_000
    assert [text for text, times in Counter(told + variants).items() if times > 1] == []


def test_every_word_in_braces_has_choices() -> None:
    for place in PLACES:
        for situation in read(place).situations:
            known = {"a", "d", "j", *situation.words}
            texts = [f"{telling.title} {telling.text}" for telling in situation.tellings]
            texts += [one.text for thread in situation.threads for one in (thread, *thread.replies)]
            used = {name for text in texts for name in re.findall(r"\{(\w+)", text)}
            assert used <= known, place
            assert set(situation.words) <= used, place


def test_an_unreadable_line_is_named(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "odd.md").write_text("=== amina | A title\nA text\n-> nobody without a colon\n", encoding="utf-8")
    monkeypatch.setattr("parvis.demo.reading.TEXTS", tmp_path)

    with pytest.raises(Unreadable, match=r"odd\.md, block of line 1"):
        read("odd")


def test_the_directory_is_the_one_announced() -> None:
    people = everybody()
    sites = Counter(person.site for person in people)

    assert len(people) == 160
    assert set(sites) == {"Lyon", "Saint-Nazaire", "Lille", "Québec", ""}
    assert sum(not person.has_mailbox for person in people) == 40
    assert sum(person.rhythm == "route" for person in people) == 12
    assert sum(person.is_suspended for person in people) == 2
    assert sum(person.is_guest for person in people) == 2
    assert sum(not person.has_come_in for person in people) >= 10
    assert max(len(person.name) for person in people) == 60
    assert len({person.identifier for person in people}) == 160
    assert all(person.identifier.isascii() for person in people)
