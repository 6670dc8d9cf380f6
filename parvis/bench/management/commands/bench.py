"""`parvis bench NAME [--json]`: measures one thing beside its floor; the result is one JSON object, printed last."""

import json
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError

# Each module has `run() -> dict`, whose keys docs/benchmarks.md explains.
BENCHES = {"feed": "parvis.bench.feed", "fanout": "parvis.bench.fanout", "people": "parvis.bench.people"}


class Command(BaseCommand):
    help = "Measures the product beside a floor of its own, in interleaved pairs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(BENCHES))
        parser.add_argument("--json", action="store_true", help="nothing but the JSON object")
        parser.add_argument(
            "--share", type=float, help="feed, people: build this share of the full size, 0.01 for a look"
        )
        parser.add_argument("--requests", type=int, help="feed, people: requests a measurement")

    def handle(self, *, name: str, json: bool, **options: Any) -> None:
        chosen = {key: options[key] for key in ("share", "requests") if options.get(key) is not None}
        if chosen and name == "fanout":
            raise CommandError("--share and --requests are options of the feed and of people.")
        result = import_module(BENCHES[name]).run(**chosen)
        if not json:
            for key, value in result.items():
                self.stderr.write(f"{key:>24}  {value}")
        self.stdout.write(_one_line(result))


def _one_line(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)
