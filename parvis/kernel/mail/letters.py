"""Letters from Jinja2 templates, in the language of the one who reads them; HTML made from the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import translation
from jinja2 import Environment, TemplateNotFound
from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»’]")
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def write(letter: str, *, language: str, context: Mapping[str, Any]) -> Letter:
    """Raises ValueError for a template without subject line: a letter that nobody could find again."""
    with translation.override(language):
        subject, _, text = _plain().get_template(f"{letter}.txt").render(context).lstrip().partition("\n")
        if not subject.strip():
            raise ValueError(f"{letter}.txt has no subject on its first line")
        text = text.strip() + "\n"
        try:
            html = _pages().get_template(f"{letter}.html").render(context)
        except TemplateNotFound:
            html = html_of(text)
        return Letter(subject.strip(), text, html)


def make_ready(*names: str) -> None:
    """Reads the templates of letters and the words of each language (300 ms, the first time) before a transaction that
    writes them."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Bonjour")
    for name in names:
        _plain().get_template(f"{name}.txt")
    _pages().get_template("mail/letter.html")


def html_of(text: str) -> str:
    """The same words as paragraphs with links, in the shell of our letters. No picture, no tracking."""
    paragraphs = [_with_links(part) for part in _PARAGRAPHS.split(text.strip())]
    return _pages().get_template("mail/letter.html").render(paragraphs=paragraphs, language=translation.get_language())


def _with_links(paragraph: str) -> Markup:
    made, at = Markup(""), 0
    for found in _ADDRESS.finditer(paragraph):
        made += escape(paragraph[at : found.start()])
        made += Markup('<a href="{0}" style="color:#2846a8">{0}</a>').format(found.group())
        at = found.end()
    return (made + escape(paragraph[at:])).replace("\n", Markup("<br>\n"))


def _pages() -> Environment:
    return engines["jinja2"].env  # type: ignore[attr-defined,no-any-return]


@cache
def _plain() -> Environment:
    """Text is no HTML: an apostrophe stays one."""
    return _pages().overlay(autoescape=False)
