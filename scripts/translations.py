"""The catalogues of both languages: `update` brings them up to date with the code, `compile` makes what Django reads.

French is the language of the msgids, so its catalogue holds the plural forms alone and writes itself; the English one
is translated by hand. Locations carry no line numbers and headers no dates: a catalogue changes when a string does.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = extract.DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
FRENCH_PLURALS = "nplurals=2; plural=(n > 1);"
ENGLISH_PLURALS = "nplurals=2; plural=(n != 1);"
VARIABLE_HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Language-Team|Report-Msgid-Bugs-To): .*\n',
    re.M,
)
# What French printers set and a keyboard does not: U+202F before ? ! and ;, U+00A0 before : and inside « », and ’.
FRENCH_SETTING = [
    (re.compile(r"(?<=[^\W\d_»)])[ \u00a0]?([?!;])(?=\s|$)"), "\u202f\\1"),
    (re.compile(r"(?<=[^\W\d_»)])[ \u202f]?:(?=\s|$)"), "\u00a0:"),
    (re.compile(r"«[ \u202f]?(?!\u00a0)"), "«\u00a0"),
    (re.compile(r"(?<!\u00a0)[ \u202f]?»"), "\u00a0»"),
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "’"),
]
PLACEHOLDER = re.compile(r"%%|%\((\w+)\)[a-z]|%[a-z]")


def catalogue_path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def strings_of_the_code() -> Catalog:
    """Every string that the Python and the templates mark."""
    with open(ROOT / "babel.cfg") as config:
        methods, options = parse_mapping_cfg(config)
    found = Catalog(charset="utf-8", fuzzy=False)
    for path, _line, msgid, comments, context in extract.extract_from_dir(
        str(ROOT), methods, options, KEYWORDS, comment_tags=("Translators:",), directory_filter=lambda _: True
    ):
        found.add(msgid, locations=[(path, 0)], auto_comments=comments, context=context)
    return found


def french_setting(text: str) -> str:
    for found, wanted in FRENCH_SETTING:
        text = found.sub(wanted, text)
    return text


def set_french_in_the_code() -> None:
    """Rewrites the strings that stand literally in their file; the test names those that have to be set by hand."""
    for message in messages(strings_of_the_code()):
        for text in forms(message.id):
            if (wanted := french_setting(text)) != text:
                for name, _ in message.locations:
                    path = ROOT / name
                    path.write_text(path.read_text().replace(text, wanted))


def read(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def write(catalogue: Catalog, language: str, plurals: str) -> None:
    catalogue.fuzzy = False
    catalogue.header_comment = "# Parvis. AGPL-3.0-or-later."
    catalogue.project, catalogue.version = "Parvis", "1"
    text = io.BytesIO()
    pofile.write_po(text, catalogue, width=119, sort_output=True, ignore_obsolete=True, include_lineno=False)
    kept = VARIABLE_HEADERS.sub("", text.getvalue().decode())
    kept = re.sub(r'^"Plural-Forms: .*\n', f'"Plural-Forms: {plurals}\\\\n"\n', kept, flags=re.M)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(kept)


def english_brought_up_to_date(template: Catalog) -> Catalog:
    """Translations are kept by msgid; a changed msgid starts empty, never by a guess."""
    catalogue = read("en")
    catalogue.update(template, no_fuzzy_matching=True)
    return catalogue


def french_plurals(template: Catalog) -> Catalog:
    catalogue = Catalog(locale="fr", charset="utf-8", fuzzy=False)
    for message in messages(template):
        if isinstance(message.id, tuple):
            catalogue.add(message.id, message.id, locations=message.locations, context=message.context)
    return catalogue


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [""])


def placeholders(text: str) -> set[str]:
    """The named and positional ones; `%%` is a percent sign."""
    return {match.group() for match in PLACEHOLDER.finditer(text) if match.group() != "%%"}


def faults_of(message: Message) -> list[str]:
    """What keeps a translated message from being used as it is."""
    said = forms(message.string)
    if not all(said) or (isinstance(message.id, tuple) and len(said) != len(message.id)):
        return ["not translated"]
    faults = ["fuzzy"] if message.fuzzy else []
    wanted = set().union(*map(placeholders, forms(message.id)))
    if set().union(*map(placeholders, said)) != wanted:
        faults.append(f"placeholders differ: {sorted(wanted)}")
    return faults


def update() -> None:
    set_french_in_the_code()
    template = strings_of_the_code()
    english = english_brought_up_to_date(template)
    write(english, "en", ENGLISH_PLURALS)
    write(french_plurals(template), "fr", FRENCH_PLURALS)
    missing = sum(bool(faults_of(message)) for message in messages(english))
    print(f"{len(list(messages(english)))} strings, {missing} to translate into English.")


def compile_all() -> None:
    for po in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = pofile.read_po(source, locale=po.parts[-3])
        with po.with_suffix(".mo").open("wb") as compiled:
            mofile.write_mo(compiled, catalogue)


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
