"""`parvis create_demo`: fills an empty data folder with Ateliers Vauban, 160 invented people."""

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from parvis.demo.actions import NotEmpty, create_demo_company, hang_portraits
from parvis.demo.models import DemoCompany
from parvis.demo.plan import SEED


class Command(BaseCommand):
    help = "Makes a demo company in an empty data folder. Never beside real people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", default=SEED, help="another one makes other coincidences (default: %(default)s)")
        parser.add_argument("--now", type=datetime.fromisoformat, help="the moment it is told from (default: now)")
        parser.add_argument("--if-empty", action="store_true", help="say so and succeed when it is already there")

    def handle(self, *args: Any, **options: Any) -> None:
        if DemoCompany.objects.exists() and options["if_empty"]:
            self.stdout.write("The demo company is already here.")
            return
        now: datetime | None = options["now"]
        if now is not None and timezone.is_naive(now):
            now = timezone.make_aware(now)
        started = time.monotonic()
        try:
            made = create_demo_company(now=now, seed=options["seed"])
        except NotEmpty:
            raise CommandError(
                f"There are people in {settings.PARVIS_DATA} already, and a demo company never mixes with them. "
                "Give an empty folder in PARVIS_DATA."
            ) from None
        hang_portraits()
        seconds = time.monotonic() - started
        self.stdout.write(
            f"Ateliers Vauban: {made.people} people, {made.communities} communities, "
            f"{made.publications} publications, {made.comments} comments, {made.reactions} reactions, "
            f"in {seconds:.0f} s."
        )
        if not settings.PARVIS_DEMO:
            self.stdout.write("Set PARVIS_DEMO=1 to offer its people on the sign-in page.")
