"""`parvis bench NAME [--json]`: measures one thing beside its floor; the result is one JSON object, printed last."""

import json
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand

# Each module has `run() -> dict`, whose keys docs/benchmarks.md explains.
BENCHES = {"feed": "parvis.bench.feed", "fanout": "parvis.bench.fanout"}


class Command(BaseCommand):
    help = "Measures the product beside a floor of its own, in interleaved pairs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(BENCHES))
        parser.add_argument("--json", action="store_true", help="nothing but the JSON object")

    def handle(self, *, name: str, json: bool, **options: Any) -> None:
        result = import_module(BENCHES[name]).run()
        if not json:
            for key, value in result.items():
                self.stderr.write(f"{key:>24}  {value}")
        self.stdout.write(_one_line(result))


def _one_line(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)
