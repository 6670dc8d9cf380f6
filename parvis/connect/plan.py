"""Comparing what a directory says with what is known: who would be created, changed, suspended, refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from parvis.connect.models import Entry, Source
from parvis.connect.reading import Directory, FoundPerson, Refusal
from parvis.kernel.french import of_name
from parvis.kernel.text import folded
from parvis.people.answers import Answer, answer_of, read_words
from parvis.people.models import FieldValue, Person, ProfileField
from parvis.people.queries import options_by_field

MANY_SHARE, MANY = 0.05, 10
_LIMITS = {"name": 120, "given_name": 80, "title": 120, "unit": 120, "site": 120, "phone": 40, "employee_number": 64}


@dataclass(frozen=True)
class Wanted:
    """One line that stands, with the entry it already has in this source."""

    found: FoundPerson
    identifier: str
    mail: str | None
    entry: Entry | None
    # In the company's fields, where it is not what is known already.
    answers: Sequence[tuple[ProfileField, Sequence[Answer]]] = ()

    @property
    def fields(self) -> dict[str, str]:
        """What the directory owns. What it leaves out (no such column) stays as it is."""
        said = {
            name: getattr(self.found, name)[:limit] for name, limit in _LIMITS.items() if getattr(self.found, name)
        }
        if self.found.language in ("fr", "en"):
            said["language"] = self.found.language
        return said


@dataclass
class Plan:
    wanted: list[Wanted] = field(default_factory=list)
    leaving: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)
    # Why the import stops until it is confirmed; empty when it may go on.
    stops: list[str] = field(default_factory=list)


def names_of_fields(fields: Iterable[ProfileField]) -> dict[str, str]:
    """How a file may call each field that the directory keeps: « profil:key », the key, its names. By folded name."""
    names: dict[str, str] = {}
    for one in fields:
        if one.is_the_directorys:
            spaced = one.key.replace("-", " ")
            for name in (f"profil:{one.key}", f"profil:{spaced}", one.key, one.name_fr, one.name_en):
                names.setdefault(folded(name), one.key)
    return names


def plan(directory: Directory, source: Source | None, fields: Sequence[ProfileField] = ()) -> Plan:
    """`fields`: those of the profiles. A fixed number of queries, whatever the file holds."""
    made = Plan(refused=list(directory.refused), warnings=list(directory.warnings))
    entries = _entries(source)
    by_key = {entry.key: entry for entry in entries}
    taken = _Taken(entries)
    said = _Said({field.key: field for field in fields}, directory, entries)
    seen = {refusal.key: refusal.line for refusal in directory.refused if refusal.key}
    for found in directory.people:
        entry = by_key.get(found.key)
        reason = _refused_because(found, seen) or taken.refuses(found, entry)
        if reason:
            made.refused.append(Refusal(found.line, found.name, reason, found.key))
            seen.setdefault(found.key, found.line)
            continue
        seen[found.key] = found.line
        made.wanted.append(replace(taken.take(found, entry), answers=said.changes(found, entry, made.warnings)))
    made.leaving = [e for e in entries if e.left_at is None and e.key not in seen and not _is_unreadable(e, made)]
    made.stops = _stops(made.leaving, sum(e.left_at is None for e in entries))
    made.warnings += _manager_loops(made.wanted)
    made.refused.sort(key=lambda refusal: refusal.line)
    return made


class _Said:
    """What the file says in the company's fields, beside what is known."""

    def __init__(self, fields: Mapping[str, ProfileField], directory: Directory, entries: list[Entry]) -> None:
        named = {key for found in directory.people for key, _values in found.said}
        self._fields = {key: fields[key] for key in named}
        self._known: dict[tuple[int, int], list[Answer]] = {}
        self._options = options_by_field() if named else {}
        if not named:
            return
        mine = {entry.person_id for entry in entries}
        rows = FieldValue.objects.filter(field__in=self._fields.values()).order_by("position")
        for row in rows.iterator(chunk_size=2000):
            if row.person_id in mine:
                self._known.setdefault((row.person_id, row.field_id), []).append(answer_of(row))

    def changes(
        self, found: FoundPerson, entry: Entry | None, warnings: list[Refusal]
    ) -> list[tuple[ProfileField, Sequence[Answer]]]:
        """What cannot be read changes nothing, refuses nobody, and is told."""
        changes: list[tuple[ProfileField, Sequence[Answer]]] = []
        for key, values in found.said:
            asked = self._fields[key]
            words = list(values)
            if asked.has_several or asked.kind == ProfileField.Kind.CHOICES:
                words = [part for value in values for part in re.split(r"[|\n]", value)]
            try:
                answers = read_words(asked, words, self._options.get(asked.pk, []))
            except ValidationError as trouble:
                warnings.append(Refusal(found.line, found.name, f"{asked.name} : {' '.join(trouble.messages)}"))
                continue
            if answers != (self._known.get((entry.person_id, asked.pk), []) if entry else []):
                changes.append((asked, answers))
        return changes


def _entries(source: Source | None) -> list[Entry]:
    if source is None:
        return []
    return list(Entry.objects.filter(source=source).select_related("person").order_by("pk"))


def _refused_because(found: FoundPerson, seen: dict[str, int]) -> str:
    if found.key in seen:  # also when that other line was refused: which of the two is true?
        return _("déjà présent ligne %(line)d sous la même clé (%(key)s)") % {
            "line": seen[found.key],
            "key": found.key.split(":", 1)[1],
        }
    if found.mail:
        try:
            validate_email(found.mail)
        except ValidationError:
            return _("l’adresse mail « %(mail)s » n’est pas une adresse") % {"mail": found.mail[:80]}
    if len(found.key) > 200:
        return _("une clé de plus de 200 caractères")
    return ""


class _Taken:
    """The identifiers and addresses in use, by whom: people of other sources and, line after line, of this file."""

    def __init__(self, entries: list[Entry]) -> None:
        mine = {entry.person_id for entry in entries}
        self._mine = mine
        rows = list(Person.objects.values_list("pk", "identifier", "mail", "name"))
        self._identifiers = {identifier: (pk, name) for pk, identifier, _mail, name in rows if pk not in mine}
        self._mails = {mail: (pk, name) for pk, _identifier, mail, name in rows if mail and pk not in mine}
        self._here: dict[str, FoundPerson] = {}
        self._here_mails: dict[str, FoundPerson] = {}
        self._known = {pk: identifier for pk, identifier, _mail, _name in rows}

    def refuses(self, found: FoundPerson, entry: Entry | None) -> str:
        mail = found.mail.lower()
        if mail in self._here_mails:
            other = self._here_mails[mail]
            return _("l’adresse %(mail)s est déjà celle %(of_name)s, ligne %(line)d") % {
                "mail": mail,
                "of_name": of_name(other.name),
                "line": other.line,
            }
        if mail in self._mails:
            return _("l’adresse %(mail)s est déjà celle %(of_name)s, qui ne vient pas de cette source") % {
                "mail": mail,
                "of_name": of_name(self._mails[mail][1]),
            }
        identifier = identifier_of(found)
        if not identifier:
            return _("aucun identifiant ne peut en être tiré")
        if found.key.startswith("uid:") and identifier in self._identifiers and entry is None:
            return _("l’identifiant %(identifier)s est déjà celui %(of_name)s, qui ne vient pas de cette source") % {
                "identifier": identifier,
                "of_name": of_name(self._identifiers[identifier][1]),
            }
        if found.key.startswith("uid:") and identifier in self._here:
            return _("l’identifiant %(identifier)s est déjà pris ligne %(line)d") % {
                "identifier": identifier,
                "line": self._here[identifier].line,
            }
        return ""

    def take(self, found: FoundPerson, entry: Entry | None) -> Wanted:
        identifier = wanted = identifier_of(found)
        present = self._known.get(entry.person_id) if entry else None
        number = 1
        while identifier in self._here or identifier in self._identifiers:
            number += 1
            identifier = f"{wanted[:58]}{number}"
            if present and re.fullmatch(re.escape(wanted[:58]) + r"\d*", present) and present not in self._here:
                identifier = present  # keeps the number it was given the first time
                break
        self._here[identifier] = found
        if found.mail:
            self._here_mails[found.mail.lower()] = found
        return Wanted(found, identifier, found.mail.lower() or None, entry)


def identifier_of(found: FoundPerson) -> str:
    """What one may type to sign in: lower-case letters, digits, « . _ - »."""
    plain = re.sub(r"[^a-z0-9._-]+", ".", folded(found.identifier))
    return re.sub(r"\.{2,}", ".", plain).strip("._-")[:60]


def _is_unreadable(entry: Entry, made: Plan) -> bool:
    """Somebody whose own record could not be read has not left."""
    names = {refusal.who for refusal in made.refused if not refusal.key}
    return entry.person.name in names


def _stops(leaving: list[Entry], present: int) -> list[str]:
    stops = []
    if len(leaving) > MANY or (present and len(leaving) / present > MANY_SHARE):
        stops.append(
            _("%(count)d départs sur %(present)d personnes de cette source : plus de 5 %% ou de dix.")
            % {"count": len(leaving), "present": present}
        )
    for entry in leaving:
        if entry.person.is_administrator:
            stops.append(
                _("%(name)s administre le réseau et n’est plus dans cette source.") % {"name": entry.person.name}
            )
    return stops


def _manager_loops(wanted: list[Wanted]) -> list[Refusal]:
    """Loops of managers are kept as the directory says, and told."""
    by_ref = {ref: each.found for each in wanted for ref in each.found.refs}
    told: list[Refusal] = []
    in_a_loop: set[int] = set()
    for each in wanted:
        path: list[FoundPerson] = []
        walker: FoundPerson | None = each.found
        while walker is not None and walker not in path and walker.line not in in_a_loop:
            path.append(walker)
            walker = by_ref.get(walker.manager) if walker.manager else None
        if walker is not None and walker in path:
            loop = path[path.index(walker) :]
            in_a_loop.update(found.line for found in loop)
            names = " → ".join(found.name for found in [*loop, loop[0]])
            told.append(
                Refusal(loop[0].line, loop[0].name, _("responsables en boucle : %(names)s") % {"names": names})
            )
    return told
