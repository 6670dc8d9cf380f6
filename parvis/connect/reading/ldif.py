"""LDIF (RFC 2849): inetOrgPerson entries become people, groupOfNames and its cousins groups."""

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from parvis.connect.reading import Directory, FoundGroup, FoundPerson, Refusal

_PEOPLE = {"inetorgperson", "organizationalperson", "person", "user", "posixaccount"}
_GROUPS = {"groupofnames", "groupofuniquenames", "group", "posixgroup", "groupofentries"}
# What says something else of a person already.
_OURS = frozenset(
    "objectclass cn uid displayname givenname sn samaccountname employeenumber mail title department ou "
    "departmentnumber l physicaldeliveryofficename st telephonenumber mobile preferredlanguage manager jpegphoto "
    "thumbnailphoto".split()
)
_MEMBERS = ("member", "uniquemember", "memberuid")


@dataclass
class Record:
    line: int
    dn: str = ""
    values: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    # (line, what is wrong with it)
    trouble: tuple[int, str] | None = None

    def all(self, name: str) -> list[str]:
        return [text for raw in self.values.get(name, []) if (text := _text(raw))]

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.all(name)), "")


def looks_like(content: bytes) -> bool:
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:#[^\n]*\n\s*)*(?:version:|dn::?)", content, re.I) is not None


def read(content: bytes, names: Mapping[str, str]) -> Directory:
    found = Directory()
    all_records = list(records(content)) if names else records(content)
    fields = _fields(all_records, names) if isinstance(all_records, list) else {}
    for record in all_records:
        classes = {name.lower() for name in record.all("objectclass")}
        who = record.first("cn", "uid") or record.dn or _("entrée sans nom")
        if record.trouble:
            if classes & (_PEOPLE | _GROUPS) or not classes:
                found.refused.append(Refusal(record.trouble[0], who, record.trouble[1], _key(record)))
        elif classes & _GROUPS:
            found.groups.append(_group(record))
        elif classes & _PEOPLE:
            person = _person(record, fields)
            if isinstance(person, Refusal):
                found.refused.append(person)
            else:
                found.people.append(person)
    return found


def _person(record: Record, fields: Mapping[str, str]) -> FoundPerson | Refusal:
    name = record.first("displayname", "cn") or " ".join(
        part for part in (record.first("givenname"), record.first("sn")) if part
    )
    uid = record.first("uid", "samaccountname")
    number = record.first("employeenumber")
    key = _key(record)
    if not name:
        return Refusal(record.line, record.dn, _("ni displayName, ni cn, ni sn : personne sans nom"))
    if not key:
        return Refusal(record.line, name, _("ni employeeNumber, ni entryUUID, ni uid : rien ne l’identifie"))
    mail = record.first("mail")
    return FoundPerson(
        line=record.line,
        key=key,
        identifier=uid or mail.split("@")[0] or name,
        name=name,
        mail=mail,
        given_name=record.first("givenname"),
        title=record.first("title"),
        unit=record.first("department", "ou", "departmentnumber"),
        site=record.first("l", "physicaldeliveryofficename", "st"),
        phone=record.first("telephonenumber", "mobile"),
        employee_number=number,
        language=record.first("preferredlanguage")[:2].lower(),
        manager=reference(record.first("manager")),
        photo=next(iter(record.values.get("jpegphoto", record.values.get("thumbnailphoto", []))), b""),
        refs=tuple(reference(word) for word in (record.dn, uid, number, mail, name) if word),
        said=tuple((key, tuple(record.all(attribute))) for attribute, key in fields.items()),
    )


def _fields(found: list[Record], names: Mapping[str, str]) -> dict[str, str]:
    """The attributes of this file that are fields of the profiles, with the key of each."""
    attributes = dict.fromkeys(attribute for record in found for attribute in record.values)
    fields: dict[str, str] = {}
    for attribute in attributes:
        if attribute in names and attribute not in _OURS and names[attribute] not in fields.values():
            fields[attribute] = names[attribute]
    return fields


def _key(record: Record) -> str:
    """The employee number, else the directory's own stable identifier, else the uid; empty when there is none."""
    kinds = {
        "number": record.first("employeenumber"),
        "uuid": record.first("entryuuid", "objectguid", "nsuniqueid", "ipauniqueid"),
        "uid": record.first("uid", "samaccountname").lower(),
    }
    return next((f"{kind}:{value}" for kind, value in kinds.items() if value), "")


def _group(record: Record) -> FoundGroup:
    members = tuple(reference(member) for name in _MEMBERS for member in record.all(name))
    return FoundGroup(record.line, reference(record.dn), record.first("cn") or record.dn, members)


def reference(word: str) -> str:
    """A DN compares without case and without spaces around its commas and equal signs; other words without case."""
    return re.sub(r"\s*([,=+])\s*", r"\1", " ".join(word.split())).lower()


def records(content: bytes) -> Iterator[Record]:
    """The entries of a file, those of change records too when they add; each knows its first line."""
    record: Record | None = None
    for number, line in _unfolded(content):
        if not line.strip():
            if record:
                yield record
            record = None
        elif line.startswith(b"#") or (record is None and line.lower().startswith(b"version:")):
            continue
        else:
            record = record or Record(number)
            _take(record, number, line)
    if record:
        yield record


def _take(record: Record, number: int, line: bytes) -> None:
    name, separator, value = line.partition(b":")
    attribute = name.decode("ascii", "replace").strip().split(";")[0].lower()
    if not separator or not attribute:
        record.trouble = record.trouble or (number, _("une ligne sans « : »"))
        return
    if value.startswith(b"<"):
        record.trouble = record.trouble or (
            number,
            _("une valeur prise à une adresse (« :< »), ce qui n’est jamais suivi"),
        )
        return
    if value.startswith(b":"):
        try:
            value = base64.b64decode(re.sub(rb"\s", b"", value[1:]), validate=True)
        except binascii.Error:
            record.trouble = record.trouble or (
                number, _("la valeur de %(attribute)s n’est pas du base64 lisible") % {"attribute": attribute}
            )  # fmt: skip
            return
    else:
        value = value.lstrip(b" ").rstrip(b"\r")
    if attribute == "dn":
        record.dn = _text(value)
    elif attribute == "changetype" and value.strip().lower() != b"add":
        record.trouble = (number, _("une modification (changetype) : donnez un export complet"))
    else:
        record.values[attribute].append(value)


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Logical lines with the number of their first physical line; a line that starts with a space goes on."""
    started, parts = 0, []  # type: int, list[bytes]
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        line = line.removesuffix(b"\r")
        if line.startswith(b" ") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield started, b"".join(parts)
        started, parts = number, [line]
    if parts:
        yield started, b"".join(parts)


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return " ".join("".join(c for c in text if c.isprintable() or c in " \t\n").split())
