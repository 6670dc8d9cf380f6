"""`parvis invite`: letters with a one-use link, to all who have a mailbox and have not come in, or to some."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.people import actions, queries
from parvis.people.models import Person


class Command(BaseCommand):
    help = "Sends invitations by mail, good for 30 days and one use; each replaces the one before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiers", nargs="*", help="these people")
        parser.add_argument("--all", action="store_true", help="everybody with a mailbox who has not come in")
        parser.add_argument("--site", default="", help="with --all: only this site")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"] == bool(options["identifiers"]):
            raise CommandError("Say who: identifiers, or --all.")
        people = self._people(options)
        for person in (some for some in people if some.mail):
            actions.invite_by_mail(person=person, by=None)
        without = [person.identifier for person in people if not person.mail]
        self.stdout.write(f"{len(people) - len(without)} invitation(s) on their way.")
        if without:
            self.stdout.write(f"Without a mailbox (parvis paper_codes): {', '.join(without)}")

    def _people(self, options: dict[str, Any]) -> list[Person]:
        if options["all"]:
            return queries.without_password(options["site"])
        wanted = [name.strip().lower() for name in options["identifiers"]]
        people = list(Person.objects.active().filter(identifier__in=wanted).order_by("sort_key", "pk"))
        if missing := set(wanted) - {person.identifier for person in people}:
            raise CommandError(f"Nobody active has this identifier: {', '.join(sorted(missing))}.")
        return people
