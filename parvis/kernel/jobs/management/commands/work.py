"""`parvis work`: runs the jobs that pages, imports and the schedule ask for."""

import contextlib
import os
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.kernel.jobs.registry import LANES
from parvis.kernel.jobs.worker import Worker, run_due


class Command(BaseCommand):
    help = "Runs the jobs that wait: mails, sweeps, thumbnails. SIGTERM lets the job in hand finish."
    # A worker shows no page: leaving the views unloaded saves a third of its memory.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lanes", default=",".join(LANES), help="which lanes, by commas (now,mail,heavy)")
        parser.add_argument("--once", action="store_true", help="run what is due, then leave")
        parser.add_argument(
            "--leave-when-idle", type=float, metavar="SECONDS", help="leave after that long without job"
        )

    def handle(self, *, lanes: str, once: bool, leave_when_idle: float | None, **options: Any) -> None:
        asked = [lane.strip() for lane in lanes.split(",") if lane.strip()]
        if unknown := set(asked) - set(LANES):
            raise CommandError(f"No lane {', '.join(sorted(unknown))}: there are {', '.join(LANES)}.")
        if asked == ["heavy"]:
            with contextlib.suppress(OSError):
                os.nice(5)  # pages first
        if once:
            self.stdout.write(f"{run_due(asked)} jobs run")
            return
        worker = Worker(asked, leave_when_idle=leave_when_idle)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
