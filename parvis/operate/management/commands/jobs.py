"""`parvis jobs`: the dead letters, with their errors; `--run-again` gives them another try."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from parvis.kernel.jobs.actions import run_again
from parvis.operate.queries import dead_letters, lanes


class Command(BaseCommand):
    help = "Lists the jobs that failed as often as they may; --run-again ID (or all) gives them another try."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--run-again", nargs="+", metavar="ID", default=[], help='their numbers, or "all"')

    def handle(self, *, run_again: list[str], **options: Any) -> None:
        with translation.override(settings.PARVIS_LANGUAGE):
            if run_again:
                self._run_again(run_again)
                return
            for lane in lanes():
                self.stdout.write(
                    _("%(lane)s : en attente %(ready)d, en cours %(running)d, abandonnés %(dead)d")
                    % {"lane": lane.name, "ready": lane.ready, "running": lane.running, "dead": lane.dead}
                )
            for job in dead_letters(limit=50).rows:
                ended = timezone.localtime(job.ended_at).isoformat(" ", "minutes") if job.ended_at else ""
                self.stdout.write(f"\n{job.pk}  {job.name}  {ended}\n    {job.last_line}")

    def _run_again(self, asked: list[str]) -> None:
        numbers = [job.pk for job in dead_letters(limit=10_000).rows] if asked == ["all"] else [int(n) for n in asked]
        for number in numbers:
            if not run_again(number):
                self.stderr.write(
                    _("%(number)d n’est pas un travail abandonné, ou a déjà repris.") % {"number": number}
                )
