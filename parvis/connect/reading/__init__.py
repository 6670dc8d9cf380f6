"""Reading directories: LDIF and CSV files become the same `Directory` of people and groups, with line numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class FoundPerson:
    """Somebody as a file says. `manager` and group members refer to people by whatever the file uses (see `refs`)."""

    line: int
    key: str
    identifier: str
    name: str
    mail: str = ""
    given_name: str = ""
    title: str = ""
    unit: str = ""
    site: str = ""
    phone: str = ""
    employee_number: str = ""
    language: str = ""
    manager: str = ""
    photo: bytes = b""
    # The folded words by which this file may refer to the person: DN, key, identifier, mail.
    refs: tuple[str, ...] = ()
    # What the file says in the company's fields: (key of the field, its values), for each field that the file names.
    # Without a value: the file names the field and leaves it empty for this person.
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class FoundGroup:
    line: int
    key: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a line gives nobody, in words."""

    line: int
    who: str
    reason: str
    # The key of the person the line is about, when it could be read: refused is not gone.
    key: str = ""


@dataclass
class Directory:
    people: list[FoundPerson] = field(default_factory=list)
    groups: list[FoundGroup] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says why."""


def read(path: Path, names: Mapping[str, str] | None = None) -> Directory:
    """`names`: by which folded names a file may call each field of the profiles, and its key. Raises UnreadableFile
    with a sentence."""
    from parvis.connect.reading import ldif, table

    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(_("Le fichier dépasse %(limit)d Mo.") % {"limit": MAX_BYTES // 1024 // 1024})
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("Le fichier %(name)s ne se lit pas : %(reason)s.") % {"name": path.name, "reason": error.strerror}
        ) from error
    if not content.strip():
        raise UnreadableFile(_("Le fichier %(name)s est vide.") % {"name": path.name})
    if path.suffix.lower() in (".ldif", ".ldf") or ldif.looks_like(content):
        return ldif.read(content, names or {})
    return table.read(content, names or {})
