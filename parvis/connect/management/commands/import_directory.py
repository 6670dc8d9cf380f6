"""`parvis import_directory FILE`: bring the people of one source to what an LDIF or CSV file says."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from parvis.connect.actions import Report, import_directory
from parvis.connect.reading import UnreadableFile


class Command(BaseCommand):
    help = (
        "Imports a company directory (LDIF or CSV) under a named source. People enter the directory, nobody is "
        "enrolled anywhere; who left the source is suspended, never deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="the name of the source (default: the file's name)")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--confirm", action="store_true", help="go on although many, or an administrator, left")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object, last")

    def handle(self, *, file: Path, source: str, dry_run: bool, confirm: bool, json: bool, **options: Any) -> None:
        name = (source or file.stem).strip()[:64]
        try:
            report = import_directory(file, source_name=name, is_dry_run=dry_run, is_confirmed=confirm)
        except UnreadableFile as trouble:
            if json:
                self._print_json({"error": str(trouble), "created": 0, "updated": 0, "left": 0, "refused": 0})
            raise CommandError(str(trouble)) from trouble
        self._say(report)
        if json:
            self._print_json(report.counts())
        if report.stops and not dry_run:
            raise CommandError(_("Rien n’a été écrit. Relancez avec --confirm si c’est bien ce que vous voulez."))

    def _say(self, report: Report) -> None:
        for refusal in report.refused:
            self.stderr.write(_("ligne %(line)d, %(who)s : refusé, %(reason)s") % vars(refusal))
        for warning in report.warnings:
            self.stderr.write(_("ligne %(line)d, %(who)s : %(reason)s") % vars(warning))
        if report.leaving and (report.stops or report.is_dry_run):
            self.stdout.write(_("Ne sont plus dans cette source : %(names)s.") % {"names": ", ".join(report.leaving)})
        for reason in report.stops:
            self.stderr.write(reason)
        self.stdout.write(
            _("%(source)s : %(created)d créées, %(updated)d modifiées, %(left)d parties, %(refused)d refusées.")
            % {**vars(report), "refused": len(report.refused)}
        )

    def _print_json(self, counts: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(counts, ensure_ascii=False))
