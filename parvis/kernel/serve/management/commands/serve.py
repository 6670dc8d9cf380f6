"""`parvis serve`: the whole of Parvis on one machine, from one command."""

import os
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.kernel.jobs.worker import Worker
from parvis.kernel.serve import starting
from parvis.kernel.serve.lock import take_the_folder
from parvis.kernel.serve.port import listening_on, serve
from parvis.kernel.serve.supervisor import Child, supervise


class Command(BaseCommand):
    help = "Serves pages and live updates, and runs the jobs, until SIGTERM or Ctrl+C."
    requires_system_checks = []  # they are run by the tests; here they would cost half a second

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="port to listen on")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        with translation.override(settings.PARVIS_LANGUAGE):
            try:
                code = self._serve(host, port)
            except starting.CannotStart as error:
                self.stderr.write(str(error))
                sys.exit(1)
        sys.exit(code)

    def _serve(self, host: str, number: int) -> int:
        starting.refuse_nonsense()
        with starting.in_a_sentence(host=host, number=number):
            lock = take_the_folder(Path(settings.PARVIS_DATA))
            end = listening_on(host, number)
            if starting.is_behind():
                self.stdout.write(_("La base de données est mise à jour…"))
                self.stdout.flush()
                starting.migrate()
            django = starting.django_loaded()

        def port() -> None:
            serve(django, [end], lambda: starting.say_it_is_ready(host, end))

        try:
            return supervise(Child("port", port), Child("work", _work))
        finally:
            os.close(lock)


def _work() -> None:
    worker = Worker()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop())
    worker.run()
