"""Markdown in, sanitised HTML out. `VERSION` is kept beside the HTML: when the rules change, a job renders again."""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from parvis.kernel.richtext.names import CLOSE, OPEN
from parvis.kernel.text import folded

VERSION = 1

_INLINE = re.compile(
    r"(?<![\w/@.#-])@\[(?P<id>[0-9]{1,18})\]"
    r"|(?<![\w/&#-])#(?P<topic>(?=[^\W_]*[^\W\d_])[^\W_](?:[\w-]{0,58}[^\W_])?)"
)
# Control characters, and the private-use characters of our tokens and marks. Tab and newline stay.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\ue00f\ufffe\uffff]")
_TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h2", "h3", "h4", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_CLASSES = {"a": {"topic"}, "span": {"person"}}
_SPACES = re.compile(r"\s+")
# Each bare address looked for is a look at all the text around it: beyond, they stay as typed.
MOST_LINKS = 400


def is_topic(word: str) -> bool:
    """Whether a text could say « #word »."""
    found = _INLINE.fullmatch(f"#{word}")
    return found is not None and found["topic"] == word


@dataclass(frozen=True)
class Rendered:
    html: str
    people: frozenset[int]
    # As written, by folded key.
    topics: dict[str, str]


def clean(text: str) -> str:
    """What is kept of what somebody typed: one kind of line end, no control characters, no blank edges."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def render(text: str) -> Rendered:
    """Canonical Markdown (mentions as `@[12]`) to HTML with tokens. Never raises on any text."""
    env: dict[str, Any] = {"people": set(), "topics": {}}
    html = _parser(finds_links=text.count("//") <= MOST_LINKS).render(text, env)
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener noreferrer",
    )
    return Rendered(html, frozenset(env["people"]), dict(env["topics"]))


def excerpt(html: str, limit: int = 160, names: Mapping[int, str] | None = None) -> str:
    """The plain words of stored HTML, cut at a word. `names` are those to say; somebody else is « @… »."""
    words = unescape(re.sub(r"<[^>]+>", " ", html.split("<pre>")[0]))
    words = re.sub(f"{OPEN}([0-9]{{1,18}}){CLOSE}", lambda m: "@" + (names or {}).get(int(m[1]), "…"), words)
    words = _SPACES.sub(" ", words).strip()
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@cache
def _parser(*, finds_links: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": finds_links, "maxNesting": 20})
    # Remote pictures would tell another server who reads; heading 1 belongs to the page.
    md.enable(["strikethrough", "table", "linkify"]).disable(["image", "html_inline", "html_block"])
    md.linkify.set({"fuzzy_email": False, "fuzzy_link": False})  # type: ignore[union-attr]
    md.core.ruler.push("people_and_topics", _people_and_topics)
    md.core.ruler.push("lower_headings", _lower_headings)
    return md


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = {"h1": "h2", "h2": "h3"}.get(token.tag, "h4")


def _people_and_topics(state: StateCore) -> None:
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        depth, children = 0, []
        for child in block.children:
            # Again: an entity (`&#xE000;`) was still a harmless word when `clean` looked.
            child.content = _UNWANTED.sub("", child.content)
            depth += (child.type == "link_open") - (child.type == "link_close")
            children += _split(child, state.env) if child.type == "text" and depth == 0 else [child]
        block.children = children


def _split(token: Token, env: MutableMapping[str, Any]) -> list[Token]:
    parts: list[Token] = []
    at = 0
    for m in _INLINE.finditer(token.content):
        parts.append(_text(token.content[at : m.start()]))
        if m["id"]:
            env["people"].add(int(m["id"]))
            parts.append(_text(f"{OPEN}{m['id']}{CLOSE}"))
        else:
            key = folded(m["topic"])[:60]
            env["topics"].setdefault(key, m["topic"])
            parts += [
                Token("link_open", "a", 1, attrs={"href": f"/sujets/{quote(key)}/", "class": "topic"}),
                _text(m[0]),
                Token("link_close", "a", -1),
            ]
        at = m.end()
    parts.append(_text(token.content[at:]))
    return [part for part in parts if part.type != "text" or part.content]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
