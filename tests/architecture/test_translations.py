"""Both languages are complete: the catalogues hold what the code says, all of it translated, placeholders kept."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.translations import (
    faults_of,
    forms,
    french_plurals,
    french_setting,
    messages,
    read,
    strings_of_the_code,
)


@pytest.fixture(scope="module")
def said_by_the_code() -> Catalog:
    return strings_of_the_code()


def keys(catalogue: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in messages(catalogue)}


def first_form(message: Message) -> str:
    return forms(message.id)[0]


def test_the_english_catalogue_holds_what_the_code_says(said_by_the_code: Catalog) -> None:
    """If this fails: `make translations`, then translate the empty ones."""
    assert keys(read("en")) == keys(said_by_the_code)


def test_everything_is_translated_into_english() -> None:
    faulty = {first_form(message): faults for message in messages(read("en")) if (faults := faults_of(message))}
    assert not faulty


def test_the_french_catalogue_holds_the_plurals(said_by_the_code: Catalog) -> None:
    """French says « 0 publication »: without this catalogue gettext would count as in English."""
    wanted = french_plurals(said_by_the_code)
    written = read("fr")

    assert keys(written) == keys(wanted)
    assert not [first_form(message) for message in messages(written) if forms(message.string) != forms(message.id)]
    assert written.plural_expr == "(n > 1)"


def test_french_is_set_as_printers_set_it(said_by_the_code: Catalog) -> None:
    """U+202F before ? ! and ;, U+00A0 before : and inside « », the apostrophe ’."""
    strings = [text for message in messages(said_by_the_code) for text in forms(message.id)]

    assert not [text for text in strings if french_setting(text) != text]


def test_no_name_stands_after_a_word_that_is_cut_before_a_vowel(said_by_the_code: Catalog) -> None:
    """« de Amina », « de Le Potager »: `of_name` writes « d’Amina »; a place stands beside its word, not after it."""
    strings = [text for message in messages(said_by_the_code) for text in forms(message.id)]

    cut = re.compile(r"\b(de|que|le|la)[ \u00a0]%\((name|author|place|community)")
    assert not [text for text in strings if cut.search(text)]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui vient ?", "Qui vient\u202f?"),
        ("Bonjour!", "Bonjour\u202f!"),
        ("Un mot ; puis un autre", "Un mot\u202f; puis un autre"),
        ("Ceci : cela", "Ceci\u00a0: cela"),
        ("Dire « oui » et « non\u00a0».", "Dire «\u00a0oui\u00a0» et «\u00a0non\u00a0»."),
        ("L'atelier", "L’atelier"),
        ("Voir https://exemple.fr/?a=1 et 12:30", "Voir https://exemple.fr/?a=1 et 12:30"),
    ],
)
def test_french_setting(typed: str, printed: str) -> None:
    assert french_setting(typed) == printed
    assert french_setting(printed) == printed


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("Bonjour", "", "not translated"),
        ("Bonjour %(name)s", "Hello %(nom)s", "placeholders differ: ['%(name)s']"),
        (("%(n)s jour", "%(n)s jours"), ("%(n)s day", ""), "not translated"),
    ],
)
def test_a_faulty_translation_is_found(
    msgid: str | tuple[str, str], msgstr: str | tuple[str, str], fault: str
) -> None:
    assert faults_of(Message(msgid, msgstr)) == [fault]


def test_a_fuzzy_translation_is_found() -> None:
    assert faults_of(Message("Bonjour", "Good evening", flags={"fuzzy"})) == ["fuzzy"]
