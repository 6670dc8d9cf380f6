"""Every template passes scripts/lint_templates.py, and each of its rules catches what it is for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.lint_templates import MAY_PRINT_HTML, faults, our_environment, template_paths

NAMED = {f"{name}.html": text for name, text in {"ui": "{% macro avatar() %}{% endmacro %}", "page": ""}.items()}


@pytest.fixture
def lint(tmp_path: Path) -> Callable[..., list[str]]:
    def lint_text(text: str, name: str = "it.html") -> list[str]:
        paths = {}
        for file, content in {**NAMED, name: text}.items():
            paths[file] = tmp_path / file
            paths[file].write_text(content)
        return list(faults(our_environment(), paths))

    return lint_text


def test_every_template_passes() -> None:
    paths = template_paths()

    assert paths
    assert not list(faults(our_environment(), paths))


def test_who_prints_raw_html_still_does() -> None:
    sources = {name: path.read_text() for name, path in template_paths().items()}
    assert not [name for name in MAY_PRINT_HTML if "|safe" not in sources.get(name, "")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{% if %}", "Expected an expression"),
        ("{{ name|unheard_of }}", "No filter named"),
        ('{% extends "gone.html" %}', "there is no template gone.html"),
        ('{% from "ui.html" import tile %}', "ui.html has no tile"),
        ("{{ tile() }}", "tile() is neither imported nor defined"),
        ("{{ text|safe }}", "|safe outside the list"),
        ("{% autoescape false %}{{ text }}{% endautoescape %}", "autoescape"),
        ('<a onclick="go()">{{ name }}</a>', "inline handler onclick"),
        ('<a hx-on:click="go()">{{ name }}</a>', "needs eval"),
        ('<a hx-vals="js:go()">{{ name }}</a>', "needs eval"),
        ('<i hx-trigger="keyup[ctrlKey]"></i>', "needs eval"),
        ('<a href="javascript:go()">{{ name }}</a>', "javascript:"),
        ('<p style="color: red">{{ name }}</p>', "custom properties"),
        ("<script>go()</script>", "without nonce"),
        ("<style>p{}</style>", "without nonce"),
        ('<img src="https://elsewhere.example/x.png" alt="">', "another host"),
        ('<link rel="stylesheet" href="//elsewhere.example/x.css">', "another host"),
        ('<img src="{{ photo }}">', "without alt"),
        ('<a target="_blank" href="{{ it }}">{{ name }}</a>', "noopener"),
        ('<a href="#">{{ name }}</a>', "leads nowhere"),
        ('<p tabindex="3">{{ name }}</p>', "tabindex"),
        ('<form method="post"><button>{{ _("Oui") }}</button></form>', "csrf_input"),
        ('<form method="post" action="https://elsewhere.example/">{{ csrf_input }}</form>', "another host"),
        ("<p>Bonjour à tous</p>", "not in gettext: 'Bonjour"),
        ('<button aria-label="Fermer"></button>', "not in gettext: aria-label"),
    ],
)
def test_a_fault_is_found(lint: Callable[..., list[str]], text: str, fault: str) -> None:
    found = lint(text)
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    "text",
    [
        '{% from "ui.html" import avatar %}{{ avatar() }}',
        '<p style="--h:{{ hue }}">{{ _("Bonjour") }}</p>',
        '<script nonce="{{ csp_nonce }}">go()</script>',
        '<script type="application/json">{"a": "bonjour"}</script>',
        '<form method="post">{% if on %}{{ csrf_input }}{% endif %}</form>',
        '<form method="get"><input name="q"></form>',
        "{% trans %}Bonjour à tous{% endtrans %}",
        "{{ count }} · 3",
    ],
)
def test_what_is_right_passes(lint: Callable[..., list[str]], text: str) -> None:
    assert not lint(text)


def test_a_long_text_stands_in_both_languages(lint: Callable[..., list[str]]) -> None:
    assert "there is no charter.en.html" in lint("<p>Bonjour à tous</p>", "charter.fr.html")[0]
