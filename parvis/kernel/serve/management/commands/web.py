"""`parvis web`: the pages alone, behind a proxy that holds slow clients back, where Parvis runs on several hosts."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from parvis.kernel.serve import starting
from parvis.kernel.serve.port import listening_on


class Command(BaseCommand):
    help = "Serves the pages behind a proxy; `parvis live` serves /live/, `parvis work` runs the jobs."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--workers", type=int, default=2, help="processes")
        parser.add_argument("--threads", type=int, default=4, help="threads a process")

    def handle(self, *, host: str, port: int, workers: int, threads: int, **options: Any) -> None:
        from granian.constants import Interfaces
        from granian.server import Server

        with translation.override(settings.PARVIS_LANGUAGE):
            try:
                starting.refuse_nonsense()
                with starting.in_a_sentence(host=host, number=port):
                    listening_on(host, port).close()
            except starting.CannotStart as error:
                self.stderr.write(str(error))
                sys.exit(1)
        Server(
            "config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            websockets=False,
            backpressure=threads * 4,
        ).serve()
