"""`parvis live`: the hub alone, beside `parvis web`, where Parvis runs on several hosts."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from parvis.kernel.serve import starting
from parvis.kernel.serve.lock import take_the_folder
from parvis.kernel.serve.port import listening_on, serve


class Command(BaseCommand):
    help = "Serves /live/ behind a proxy; `parvis web` serves the rest. Several hosts need REDIS_URL."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8001, help="port to listen on")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        with translation.override(settings.PARVIS_LANGUAGE):
            try:
                starting.refuse_nonsense()
                with starting.in_a_sentence(host=host, number=port):
                    if not settings.REDIS_URL:
                        take_the_folder(Path(settings.PARVIS_DATA))  # one hub hears the data folder's socket
                    end = listening_on(host, port)
                    django = starting.django_loaded()
                serve(django, [end], lambda: starting.say_it_is_ready(host, end))
            except starting.CannotStart as error:
                self.stderr.write(str(error))
                sys.exit(1)
