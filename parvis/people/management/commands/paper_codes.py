"""`parvis paper_codes`: a sheet for each person who has not come in, to print and hand over."""

import csv
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import translation

from parvis.people import actions, queries
from parvis.people.models import Person
from parvis.people.sheets import Sheet, sheets_for


class Command(BaseCommand):
    help = "Makes one-use codes on paper for people who have not come in yet; each replaces the one before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiers", nargs="*", help="only these people (also those who forgot their password)")
        parser.add_argument("--site", default="", help="only this site")
        parser.add_argument("--without-mail", action="store_true", help="only people without a mail address")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--csv", action="store_true", help="one line a person, for a mail merge")
        form.add_argument("--html", action="store_true", help="one sheet a person, to print and cut")

    def handle(self, *args: Any, **options: Any) -> None:
        people = self._people(options)
        with translation.override(settings.PARVIS_LANGUAGE):
            sheets = sheets_for([(person, actions.make_paper_code(person=person, by=None)) for person in people])
            if options["html"]:
                self.stdout.write(render_to_string("people/paper_sheet.html", {"sheets": sheets, "csp_nonce": ""}))
            elif options["csv"]:
                self._write_csv(sheets)
            else:
                for sheet in sheets:
                    self.stdout.write(f"{sheet.code}  {sheet.identifier}  {sheet.name}  {sheet.site}".rstrip())
        self.stderr.write(f"{len(sheets)} code(s), until {sheets[0].until if sheets else '-'}.")

    def _people(self, options: dict[str, Any]) -> list[Person]:
        if not options["identifiers"]:
            people = queries.without_password(options["site"])
        else:
            wanted = [name.strip().lower() for name in options["identifiers"]]
            people = list(Person.objects.active().filter(identifier__in=wanted).order_by("site", "sort_key", "pk"))
            if missing := set(wanted) - {person.identifier for person in people}:
                raise CommandError(f"Nobody active has this identifier: {', '.join(sorted(missing))}.")
        return [person for person in people if not (options["without_mail"] and person.mail)]

    def _write_csv(self, sheets: list[Sheet]) -> None:
        rows = csv.writer(self.stdout, lineterminator="\n")
        rows.writerow(["name", "identifier", "site", "unit", "code", "address", "until"])
        rows.writerows([s.name, s.identifier, s.site, s.unit, s.code, s.address, s.until.isoformat()] for s in sheets)
