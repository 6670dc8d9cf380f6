"""What people paste to see what happens: a few lines of ours, and the public lists where they are at hand."""

import json
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared/data/hostile"

FEW = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea></title><svg/onload=alert(1)>",
    "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %>",
    "%s%n%(name)s {0} {name}",
    "[ici](javascript:alert(1)) ![x](javascript:alert(1))",
    "<a href='data:text/html,<script>alert(1)</script>'>ici</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#x3C;b&#x3E;",
    "\u202etexte à l’envers\u202c, 𝕿𝖍𝖊 𝖖𝖚𝖎𝖈𝖐, ﷽, 👩‍👩‍👧‍👦, e\u0301\u0327\u0300",
    "\x00 \x08 \x1b[31m \ufeff \u200b",
    "' OR 1=1; DROP TABLE people_person; --",
    "../../../etc/passwd",
    "#" * 40 + " @ @@ @[1] @[999999999] #1 #é #" + "x" * 80,
    "<!-- --><base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example'>",
]


def publications() -> list[tuple[str, str]]:
    """Titles and texts: ours alone, those of the lists three at a time, and the long lists in long texts."""
    lines = [*_strings("blns/blns.json"), *_lines("markdown-xss/Markdown-XSS-Payloads.txt")]
    threes = [lines[at : at + 3] for at in range(0, len(lines), 3)]
    short = [*((word, word) for word in FEW), *((three[0], "\n\n".join(three)) for three in threes)]
    return [*short, *(("", text) for text in long())]


def long() -> list[str]:
    vectors = SHARED / "H5SC/vectors.txt"
    blocks = vectors.read_text(errors="replace").split('<div id="') if vectors.exists() else []
    lines = _lines("xss-payload-list/Intruder/xss-payload-list.txt")
    return [*_by(20, blocks), *_by(300, lines)]


def _by(count: int, words: list[str]) -> list[str]:
    return ["\n\n".join(words[at : at + count])[:39_000] for at in range(0, len(words), count)]


def _lines(name: str) -> list[str]:
    file = SHARED / name
    return [line for line in file.read_text(errors="replace").splitlines() if line.strip()] if file.exists() else []


def _strings(name: str) -> list[str]:
    file = SHARED / name
    return list(json.loads(file.read_text())) if file.exists() else []
