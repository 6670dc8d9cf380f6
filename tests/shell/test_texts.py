"""The long texts: public, in both languages, saying the same things in the same order."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

import parvis.shell
from parvis.people.models import Person

TEXTS = Path(parvis.shell.__file__).parent / "jinja2/shell/texts"
PAGES = {
    "legal_notice": "/mentions-legales/",
    "personal_data": "/donnees-personnelles/",
    "accessibility": "/accessibilite/",
    "company_view": "/ce-que-l-entreprise-voit/",
}


def test_every_text_has_its_page() -> None:
    assert {path.name.split(".")[0] for path in TEXTS.glob("*.html")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    def parts(language: str) -> list[str]:
        return re.findall(r"<(h1|h2|li|tr|th|td|p)\b", (TEXTS / f"{name}.{language}.html").read_text())

    assert parts("fr") == parts("en")


@pytest.mark.parametrize("name", PAGES)
def test_french_spaces_are_kept(name: str) -> None:
    text = (TEXTS / f"{name}.fr.html").read_text()
    assert not re.findall(r"\w [;:?!»]|« ", text)


@pytest.mark.parametrize("path", PAGES.values())
@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_they_are_read_without_signing_in(client: Client, db: None, path: str, language: str, other: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(path).content.decode()
    assert f'<html lang="{language}"' in page
    assert page.count("<h1>") == 1


def test_they_are_read_inside_the_frame_too(as_: Callable[[Person], Client], amina: Person) -> None:
    page = as_(amina).get("/ce-que-l-entreprise-voit/").content.decode()
    assert "Elles ne sont membres d’aucune communauté privée" in page
    assert '<nav aria-label="Le réseau">' in page


def test_help_says_where_to_write_what(as_: Callable[[Person], Client], amina: Person) -> None:
    page = as_(amina).get("/aide/").content.decode()
    assert "Où écrire quoi" in page
    assert "Raccourcis clavier" in page
