"""Importing a directory: what the plan says is written a few people at a time, so that the site stays usable and an
import that was killed can simply be run again."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.communities import actions as communities
from parvis.communities.models import Community, GroupGate
from parvis.connect.events import DirectoryImported
from parvis.connect.models import Entry, Group, Import, Source
from parvis.connect.plan import Plan, Wanted, names_of_fields, plan
from parvis.connect.reading import Directory, FoundGroup, Refusal, read
from parvis.connect.rules import may_link
from parvis.kernel import events
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.people.queries import company_fields

# People a transaction: short enough for a web write that waits behind it.
AT_ONCE = 10
PAUSE = 0.005
Thing = TypeVar("Thing")


@dataclass
class Report:
    """What an import did, or would do."""

    source: str
    created: int = 0
    updated: int = 0
    left: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    # Why nothing was written.
    stops: list[str] = field(default_factory=list)
    is_dry_run: bool = False

    def counts(self) -> dict[str, Any]:
        """The keys of `--json`, the four figures last."""
        return {
            "source": self.source,
            "dry_run": self.is_dry_run,
            "stopped": self.stops,
            "unchanged": self.unchanged,
            "groups": self.groups,
            "leaving": self.leaving,
            "reasons": [{"line": r.line, "who": r.who, "reason": r.reason} for r in self.refused],
            "warnings": [{"line": r.line, "who": r.who, "reason": r.reason} for r in self.warnings],
            "created": self.created,
            "updated": self.updated,
            "left": self.left,
            "refused": len(self.refused),
        }


def import_directory(
    path: Path, *, source_name: str, by: Person | None = None, is_dry_run: bool = False, is_confirmed: bool = False
) -> Report:
    """Brings the people of one source to what the file says. `by` is None at the console.

    Nobody is enrolled anywhere, nobody is deleted, people of other sources are not touched. Raises UnreadableFile,
    PermissionDenied. When departures are too many or an administrator's, nothing is written unless `is_confirmed`.
    """
    if by is not None and not by.is_administrator:
        raise PermissionDenied
    fields = company_fields()
    directory = read(path, names_of_fields(fields))
    source = Source.objects.filter(name=source_name).first()
    made = plan(directory, source, fields)
    report = Report(
        source_name,
        refused=made.refused,
        warnings=made.warnings,
        leaving=[entry.person.name for entry in made.leaving],
        groups=[group.name for group in directory.groups],
        is_dry_run=is_dry_run,
    )
    stops = made.stops if not is_confirmed else []
    if is_dry_run or stops:
        report.stops = stops
        _foresee(made, report)
        return report
    if not made.wanted and not made.leaving and made.refused:
        return report

    source = source or Source.objects.get_or_create(name=source_name)[0]
    run = Import.objects.create(source=source, file_name=path.name[:255])
    _Writing(source, made, directory, report).carry_out()
    _close(run, report)
    return report


@transaction.atomic
def _close(run: Import, report: Report) -> None:
    run.created, run.updated, run.left = report.created, report.updated, report.left
    run.refused, run.ended_at = len(report.refused), max(timezone.now(), run.started_at)
    run.save()
    events.publish(DirectoryImported(run.source_id, run.created, run.updated, run.left, run.refused))


def _foresee(made: Plan, report: Report) -> None:
    """The figures an import would end with, without its photos and managers."""
    for wanted in made.wanted:
        if wanted.entry is None:
            report.created += 1
        elif wanted.entry.left_at is not None or _differs(wanted, wanted.entry.person):
            report.updated += 1
        else:
            report.unchanged += 1
    report.left = len(made.leaving)


def _differs(wanted: Wanted, person: Person) -> bool:
    said = {**wanted.fields, "identifier": wanted.identifier, "mail": wanted.mail}
    return bool(wanted.answers) or any(getattr(person, name) != value for name, value in said.items())


class _Writing:
    """One import being written."""

    def __init__(self, source: Source, made: Plan, directory: Directory, report: Report) -> None:
        self._source, self._made, self._directory, self._report = source, made, directory, report
        self._people: dict[str, Person] = {}
        self._changed: set[int] = set()
        self._created: set[int] = set()

    def carry_out(self) -> None:
        self._free_what_moves()
        for few in _few(self._made.wanted):
            self._write(few)
        self._link_managers()
        for wanted in self._made.wanted:
            self._put_photo(wanted)
        for gone in _few(self._made.leaving):
            self._suspend(gone)
        self._write_groups()
        known = {person.pk for person in self._people.values()}
        self._report.created = len(self._created)
        self._report.updated = len(self._changed - self._created)
        self._report.unchanged = len(known - self._changed - self._created)

    @transaction.atomic
    def _free_what_moves(self) -> None:
        """Two people who exchange their addresses or identifiers: both are freed before either is taken."""
        by_mail = {w.mail: w for w in self._made.wanted if w.mail}
        by_identifier = {w.identifier: w for w in self._made.wanted}
        for wanted in self._made.wanted:
            person = wanted.entry.person if wanted.entry else None
            if person is None:
                continue
            if person.mail and person.mail != wanted.mail and person.mail in by_mail:
                people.change_entry(person=person, mail=None)
            if person.identifier != wanted.identifier and person.identifier in by_identifier:
                people.change_entry(person=person, identifier=f"x.{person.pk}")

    @transaction.atomic
    def _write(self, few: Sequence[Wanted]) -> None:
        for wanted in few:
            try:
                with transaction.atomic():
                    person = self._write_one(wanted)
            except ValidationError as trouble:
                self._report.refused.append(
                    Refusal(wanted.found.line, wanted.found.name, " ".join(trouble.messages), wanted.found.key)
                )
                continue
            for ref in wanted.found.refs:
                self._people.setdefault(ref, person)

    def _write_one(self, wanted: Wanted) -> Person:
        said: dict[str, Any] = {**wanted.fields, "identifier": wanted.identifier, "mail": wanted.mail}
        if wanted.entry is None:
            person = people.add_person(**said)
            Entry.objects.create(source=self._source, key=wanted.found.key, person=person)
            self._created.add(person.pk)
            self._answer(wanted, person)
            return person
        person = wanted.entry.person
        if people.change_entry(person=person, **said):
            self._changed.add(person.pk)
        self._answer(wanted, person)
        if wanted.entry.left_at is not None:
            wanted.entry.left_at = None
            wanted.entry.save(update_fields=["left_at"])
            people.readmit(person=person, by=None)
            self._changed.add(person.pk)
        return person

    def _answer(self, wanted: Wanted, person: Person) -> None:
        for asked, said in wanted.answers:
            if people.answer_for(person=person, field=asked, said=said):
                self._changed.add(person.pk)

    def _link_managers(self) -> None:
        for few in _few(self._made.wanted):
            with transaction.atomic():
                for wanted in few:
                    self._link_manager(wanted)

    def _link_manager(self, wanted: Wanted) -> None:
        person = self._people.get(wanted.found.refs[0])
        if person is None or not wanted.found.manager:
            return
        manager = self._people.get(wanted.found.manager)
        if manager is None or manager.pk == person.pk:
            reason = (
                _("est son propre responsable : laissé sans responsable")
                if manager
                else _("responsable introuvable : %(ref)s") % {"ref": wanted.found.manager[:120]}
            )
            self._report.warnings.append(Refusal(wanted.found.line, wanted.found.name, reason))
            return
        if person.manager_id != manager.pk:
            people.change_entry(person=person, manager=manager)
            self._changed.add(person.pk)

    def _put_photo(self, wanted: Wanted) -> None:
        """The directory's photo, until the person chooses their own. A photo that cannot be read refuses nobody."""
        person = self._people.get(wanted.found.refs[0])
        if person is None or not wanted.found.photo:
            return
        digest = hashlib.sha256(wanted.found.photo).hexdigest()
        entry = Entry.objects.get(person=person)
        if entry.photo_sha256 == digest or (person.photo_id is not None and not entry.photo_sha256):
            return
        try:
            people.change_photo(person=person, content=wanted.found.photo, name="photo.jpg")
            self._changed.add(person.pk)
        except ValidationError as trouble:
            reason = _("photo illisible : %(reason)s") % {"reason": " ".join(trouble.messages)}
            self._report.warnings.append(Refusal(wanted.found.line, wanted.found.name, reason))
        Entry.objects.filter(pk=entry.pk).update(photo_sha256=digest)

    @transaction.atomic
    def _suspend(self, few: Sequence[Entry]) -> None:
        for entry in few:
            Entry.objects.filter(pk=entry.pk).update(left_at=timezone.now())
            people.suspend(person=entry.person, by=None)
            self._report.left += 1

    def _write_groups(self) -> None:
        """Groups follow the file; what they open follows them. A file without any group says nothing about groups."""
        if not self._directory.groups:
            return
        for found in self._directory.groups:
            self._write_group(found)
        for group in Group.objects.filter(source=self._source).exclude(
            key__in=[g.key for g in self._directory.groups]
        ):
            group.people.clear()
            _open_what_it_opens(group)

    @transaction.atomic
    def _write_group(self, found: FoundGroup) -> None:
        group, _is_new = Group.objects.update_or_create(
            source=self._source, key=found.key[:255], defaults={"name": found.name[:120]}
        )
        members = {self._people[ref].pk for ref in found.members if ref in self._people}
        missing = sum(ref not in self._people for ref in found.members)
        if missing:
            reason = ngettext(
                "%(count)d membre du groupe n’est pas dans le fichier",
                "%(count)d membres du groupe ne sont pas dans le fichier",
                missing,
            ) % {"count": missing}
            self._report.warnings.append(Refusal(found.line, found.name, reason))
        if members != set(group.people.values_list("pk", flat=True)):
            group.people.set(members)
        _open_what_it_opens(group)


def _open_what_it_opens(group: Group) -> None:
    """The right to enter, and one invitation, in each community the group is linked to."""
    ids = list(group.people.values_list("pk", flat=True))
    gates = GroupGate.objects.filter(source=group.source.name, group_key=group.key).select_related("community")
    for gate in gates:
        communities.grant_group(
            community=gate.community,
            person_ids=ids,
            group_name=group.name,
            source=group.source.name,
            group_key=group.key,
        )


@transaction.atomic
def link_group(*, by: Person | None, group: Group, community: Community) -> int:
    """The people of the group may enter the community, and each gets one invitation; gives how many were invited.

    `by` is None at the console. Nobody becomes a member. Raises PermissionDenied.
    """
    if by is not None and not may_link(by, group, community):
        raise PermissionDenied
    return communities.grant_group(
        community=community,
        person_ids=list(group.people.values_list("pk", flat=True)),
        group_name=group.name,
        source=group.source.name,
        group_key=group.key,
    )


def _few(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """A few at a time, with a breath between for those who wait to write."""
    rest = iter(things)
    while few := list(islice(rest, AT_ONCE)):
        yield few
        time.sleep(PAUSE)
