"""The bench of people runs, says what docs/benchmarks.md promises, and never builds into somebody's network."""

import json
import os
import subprocess
import sys

import pytest

from parvis.bench import people
from parvis.bench.people_floor import page
from parvis.people.models import HasSkill, Person, Skill

KEYS = {
    "directory_ratio_to_floor",
    "suggest_p95_ms",
    "scope_ms",
    "scope_queries",
    "access_reaches_tabs_ms",
    "database",
    "machine",
    "date",
}


@pytest.mark.slow
def test_a_small_company_is_measured(migrated, tmp_path):
    # The tables as another test has made them: to make them costs twice what is measured here.
    data = migrated.copied(tmp_path / "data").data
    chosen = {"PARVIS_DATA": str(data), "DATABASE_URL": "", "PARVIS_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-c", "from parvis.cli import main; main()", "bench", "people", "--json"]
    said = subprocess.run(
        [*command, "--share", "0.002", "--requests", "1"],
        env={**os.environ, **chosen}, stdout=subprocess.PIPE, text=True, check=True, timeout=180,
    ).stdout  # fmt: skip
    result = json.loads(said.splitlines()[-1])

    assert result.keys() >= KEYS
    assert result["scope_queries"] == 1
    assert {case["reader"] for case in result["cases"]} == {"typical", "member_of_300", "guest", "newcomer"}


@pytest.mark.django_db
def test_a_database_with_a_real_network_is_refused(amina):
    with pytest.raises(SystemExit, match="did not build"):
        people.run(share=0.002)
    assert Person.objects.count() < 50


@pytest.mark.engine
@pytest.mark.django_db
@pytest.mark.parametrize("site", ["", "Lyon"])
def test_the_floor_gives_what_the_page_gives(amina, chloe, bruno, lyon, site):
    HasSkill.objects.create(person=amina, skill=Skill.objects.create(name_fr="Soudage fin", name_en="Fine welding"))
    html = page(None, site, 20_000).decode()
    assert "Soudage fin" in html
    assert ("Bruno Le Goff" in html) is not bool(site)
    assert 'name="site" value="Lyon">2<' in html
    assert len(html.encode()) >= 20_000
    assert "Bruno Le Goff" not in page([lyon.audience_id], site, 0).decode()
