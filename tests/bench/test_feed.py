"""The bench of the feed runs, says what docs/benchmarks.md promises, and never builds into somebody's network."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from parvis.bench import feed
from parvis.bench.floor import page
from parvis.people.models import Person

KEYS = {
    "cpu_ms_per_request",
    "floor_cpu_ms",
    "ratio_to_floor",
    "worst_ratio_to_floor",
    "depth_ratio",
    "queries",
    "bytes",
    "requests_per_s",
    "p50_ms",
    "p99_ms",
    "database",
    "machine",
    "date",
}


@pytest.mark.slow
def test_a_small_feed_is_measured(tmp_path):
    chosen = {"PARVIS_DATA": str(tmp_path), "DATABASE_URL": "", "PARVIS_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-c", "from parvis.cli import main; main()", "bench", "feed", "--json"]
    said = subprocess.run(
        [*command, "--share", "0.0005", "--requests", "1"],
        env={**os.environ, **chosen}, stdout=subprocess.PIPE, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip
    result = json.loads(said.splitlines()[-1])

    assert result.keys() >= KEYS
    assert len(result["queries"]) == 1
    assert {(case["reader"], case["depth"]) for case in result["cases"]} == {
        (reader, depth)
        for reader in ("typical", "member_of_everything", "dead_communities_only", "guest")
        for depth in ("first", "deep")
    }


@pytest.mark.django_db
def test_a_database_with_a_real_network_is_refused(amina):
    with pytest.raises(SystemExit, match="did not build"):
        feed.run(share=0.0005)
    assert Person.objects.count() < 50


def test_the_size_is_an_option_of_the_feed_alone():
    with pytest.raises(CommandError):
        call_command("bench", "fanout", "--share", "0.1")


@pytest.mark.engine
@pytest.mark.django_db
def test_the_floor_gives_what_the_page_gives(amina, chloe, lyon, publication):
    """Counted from the rows: what was commented and reacted just now is there."""
    from parvis.contributions import actions

    actions.comment(author=chloe, on=publication, text="Je regarde <b>demain</b>")
    actions.react(person=chloe, contribution=publication, kind="thanks")
    html = page(chloe.pk, [lyon.audience_id], "9999-01-01 00:00:00", 0, 60_000).decode()

    assert publication.title in html
    assert "thanks 1" in html
    assert f"{chloe.name} <b>thanks</b> <span>1</span>" in html
    assert "<b>demain</b>" not in html
    assert len(html.encode()) >= 60_000
