"""The bench of the fan-out runs and says what docs/benchmarks.md promises."""

import json

import pytest
from django.core.management import call_command

from parvis.bench import fanout

KEYS = {
    "clients",
    "last_ms",
    "floor_last_ms",
    "ratio_to_floor",
    "cpu_us_per_delivery",
    "kib_per_connection",
    "page_p99_ms_during",
    "page_p99_ms_apart",
    "database",
    "machine",
    "date",
}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_small_fan_out_is_measured(monkeypatch, capsys):
    monkeypatch.setattr(fanout, "SIZES", (40,))
    monkeypatch.setattr(fanout, "PAGES_FOR", 0.3)
    monkeypatch.setenv("DATABASE_URL", "")
    call_command("bench", "fanout", "--json")
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result.keys() >= KEYS
    assert result["clients"] == 40
    assert result["last_ms"] > 0
    assert 0 < result["cpu_us_per_delivery"] < 1000
