"""CSV as personnel software writes it: UTF-8 or Latin-1, « , », « ; » or tabs, headers in French or English."""

import csv
import io
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from parvis.connect.reading import Directory, FoundGroup, FoundPerson, Refusal, UnreadableFile
from parvis.connect.reading.ldif import reference
from parvis.kernel.text import folded

# The folded headers by which each column is known.
_HEADERS = {
    "number": "matricule|numero|n°|no matricule|numero de matricule|numero employe|employee number|employeenumber|"
    "employee id|employee_id|employee no|personnel number|staff number",
    "stable": "uuid|entryuuid|objectguid|guid|identifiant unique|unique id",
    "identifier": "identifiant|login|uid|compte|utilisateur|username|user name|user|samaccountname|id",
    "mail": "mail|email|e-mail|courriel|adresse mail|adresse e-mail|adresse email|email address|mail address|"
    "messagerie",
    "name": "nom complet|nom et prenom|prenom nom|nom prenom|full name|display name|displayname|name|cn",
    "family_name": "nom|nom de famille|last name|lastname|surname|family name|sn",
    "given_name": "prenom|first name|firstname|given name|givenname",
    "title": "fonction|poste|titre|emploi|metier|title|job title|position|role",
    "unit": "service|equipe|departement|unite|direction|department|team|unit|ou",
    "site": "site|lieu|etablissement|ville|bureau|location|office|city|l",
    "phone": "telephone|tel|tel.|mobile|portable|phone|phone number|telephone number",
    "manager": "responsable|manager|n+1|superieur|hierarchique|responsable hierarchique|supervisor|line manager|"
    "reports to",
    "language": "langue|language|preferredlanguage",
    "groups": "groupes|groupe|groups|group",
}
_COLUMN = {header: column for column, headers in _HEADERS.items() for header in headers.split("|")}


def read(content: bytes, names: Mapping[str, str]) -> Directory:
    """Raises UnreadableFile when no line can be understood."""
    text = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        header = next(rows, [])
        columns = _columns(header)
        found = Directory()
        fields = _fields(header, names, found)
        groups: dict[str, tuple[int, str, list[str]]] = {}
        before = rows.line_num
        for row in rows:
            line, before = before + 1, rows.line_num
            if any(cell.strip() for cell in row):
                _take(found, groups, columns, fields, header, line, row)
    except csv.Error as error:
        raise UnreadableFile(
            _("La ligne %(line)d ne se lit pas comme du CSV : %(reason)s.") % {"line": rows.line_num, "reason": error}
        ) from error
    found.groups = [FoundGroup(line, key, name, tuple(members)) for key, (line, name, members) in groups.items()]
    return found


def _take(
    found: Directory,
    groups: dict[str, tuple[int, str, list[str]]],
    columns: dict[str, int],
    fields: dict[str, int],
    header: list[str],
    line: int,
    row: list[str],
) -> None:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        reason = _("%(found)d colonnes au lieu de %(wanted)d") % {"found": len(row), "wanted": len(header)}
        found.refused.append(Refusal(line, row[0][:80], reason))
        return

    def cell(column: str) -> str:
        at = columns.get(column)
        return " ".join(_printable(row[at]).split()) if at is not None and at < len(row) else ""

    whole = cell("name") or " ".join(part for part in (cell("given_name"), cell("family_name")) if part)
    number, stable, login, mail = cell("number"), cell("stable"), cell("identifier"), cell("mail")
    key = next(
        (f"{kind}:{value}" for kind, value in (("number", number), ("uuid", stable), ("uid", login)) if value), ""
    )
    if not whole:
        found.refused.append(Refusal(line, number or login or mail, _("personne sans nom")))
    elif not key:
        found.refused.append(
            Refusal(line, whole, _("ni matricule ni identifiant : une adresse mail change, elle n’identifie personne"))
        )
    else:
        refs = tuple(reference(word) for word in (number, stable, login, mail, whole) if word)
        found.people.append(
            FoundPerson(
                line=line,
                key=key,
                identifier=login or mail.split("@")[0] or whole,
                name=whole,
                mail=mail,
                given_name=cell("given_name"),
                title=cell("title"),
                unit=cell("unit"),
                site=cell("site"),
                phone=cell("phone"),
                employee_number=number,
                language=cell("language")[:2].lower(),
                manager=reference(cell("manager")),
                refs=refs,
                said=tuple((key, (row[at].strip(),) if row[at:] else ()) for key, at in fields.items()),
            )
        )
        for name in re.split(r"[|/,;]", cell("groups")):
            if name.strip():
                _line, _name, members = groups.setdefault(folded(name), (line, name.strip(), []))
                members.append(refs[0])


def _fields(header: list[str], names: Mapping[str, str], found: Directory) -> dict[str, int]:
    """The columns that are fields of the profiles: « profil:key », or a name that is nothing else here."""
    fields: dict[str, int] = {}
    for at, title in enumerate(header):
        name = _name(title)
        key = names.get(name) if name not in _COLUMN else None
        if key:
            fields.setdefault(key, at)
        elif name.startswith("profil:"):
            reason = _("aucun champ tenu par l’annuaire n’a cette clé : la colonne n’est pas lue")
            found.warnings.append(Refusal(1, title.strip()[:80], reason))
    return fields


def _name(title: str) -> str:
    return folded(title.replace("_", " ").strip(" \ufeff*:"))


def _columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, title in enumerate(header):
        column = _COLUMN.get(_name(title))
        if column:
            columns.setdefault(column, at)
    if "name" not in columns and "family_name" not in columns:
        raise UnreadableFile(_("La première ligne ne nomme aucune colonne de noms (« nom », « name »…)."))
    if not columns.keys() & {"number", "stable", "identifier"}:
        raise UnreadableFile(
            _("La première ligne ne nomme ni matricule ni identifiant (« matricule », « login », « uuid »…).")
        )
    return columns


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return max(";,\t|", key=first.count)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
