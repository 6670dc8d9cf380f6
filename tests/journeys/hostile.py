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


def short() -> list[str]:
    """Lines of a size that a title takes."""
    return [*FEW, *_strings("blns/blns.json"), *_lines("markdown-xss/Markdown-XSS-Payloads.txt")]


def long() -> list[str]:
    """Texts that hold many lines each."""
    vectors = SHARED / "H5SC/vectors.txt"
    blocks = vectors.read_text(errors="replace").split('<div id="') if vectors.exists() else []
    lines = _lines("xss-payload-list/Intruder/xss-payload-list.txt")
    return ["\n\n".join(FEW), *_by(20, blocks), *_by(200, lines)]


def _by(count: int, words: list[str]) -> list[str]:
    return ["\n\n".join(words[at : at + count])[:39_000] for at in range(0, len(words), count)]


def _lines(name: str) -> list[str]:
    file = SHARED / name
    return [line for line in file.read_text(errors="replace").splitlines() if line.strip()] if file.exists() else []


def _strings(name: str) -> list[str]:
    file = SHARED / name
    return list(json.loads(file.read_text())) if file.exists() else []
