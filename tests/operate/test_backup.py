"""A backup made while people write gives back the same network, in an empty folder and nowhere else."""

import signal
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.kernel.jobs.test_worker import lines
from tests.kernel.network import Network, eventually

pytestmark = pytest.mark.engine
_LIFE = """
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files.actions import store
from parvis.people import actions as people
amina = people.add_person(identifier='amina', name='Amina Benali', mail='amina@vauban.example')
people.activate(person=amina)
for word in ('bonjour', 'au revoir'):
    store(word.encode() * 5000, name=word + '.txt', owner=amina, audience_id=company_audience_id())
"""


def tables(network: Network) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but the line that a backup leaves about itself."""
    if connection.vendor == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    else:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    kept = sorted(name for (name,) in network.sql(names) if name != "operate_backup")
    return {name: sorted(network.sql(f'SELECT * FROM "{name}"'), key=repr) for name in kept}


def files(network: Network) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (network.data / "files").glob("??/??/*")}


def test_a_restored_network_is_the_same_and_nothing_is_ever_written_over(network: Network, tmp_path: Path):
    network.run(f"exec({_LIFE!r})")
    made = network.command("backup", str(tmp_path / "copie.tar.gz"))
    assert made.returncode == 0, made.stderr
    twin = network.empty_twin(tmp_path / "twin")
    restored = twin.command("restore", str(tmp_path / "copie.tar.gz"))
    assert restored.returncode == 0, restored.stderr

    assert tables(twin) == tables(network)
    assert files(twin) == files(network)
    assert len(files(twin)) == 2
    assert (twin.data / "secret-key").read_text() == (network.data / "secret-key").read_text()
    assert (tmp_path / "copie.tar.gz").stat().st_mode & 0o077 == 0
    assert len(network.sql("SELECT * FROM operate_backup")) == 1

    before, written = tables(network), (tmp_path / "copie.tar.gz").read_bytes()
    over = network.command("restore", str(tmp_path / "copie.tar.gz"))
    assert over.returncode == 1
    assert "pas vide" in over.stderr
    assert tables(network) == before
    again = network.command("backup", str(tmp_path / "copie.tar.gz"))
    assert again.returncode == 1
    assert "existe déjà" in again.stderr
    assert (tmp_path / "copie.tar.gz").read_bytes() == written


def test_a_backup_stops_nobody_and_holds_one_instant_and_says_what_is_lost(network: Network, tmp_path: Path):
    network.run(f"exec({_LIFE!r})")
    lost = next((network.data / "files").glob("??/??/*"))
    lost.unlink()
    acknowledged = tmp_path / "acknowledged"
    write = f"from tests.kernel.jobs import sample; sample.write_and_ask({str(acknowledged)!r}, 100000)"
    writer = network.start(write)
    eventually(lambda: lines(acknowledged))
    before = set(lines(acknowledged))
    made = network.command("backup", str(tmp_path / "copie.tar"))
    after = set(lines(acknowledged))
    writer.send_signal(signal.SIGKILL)
    writer.wait()

    assert len(after) > len(before), "nobody waited for the backup"
    assert made.returncode == 1
    assert lost.name in made.stderr
    with tarfile.open(tmp_path / "copie.tar") as tar:
        assert len([name for name in tar.getnames() if name.startswith("files/")]) == 1
    twin = network.empty_twin(tmp_path / "twin")
    restored = twin.command("restore", str(tmp_path / "copie.tar"))
    assert restored.returncode == 0, restored.stderr
    rows = {str(row) for (row,) in twin.sql("SELECT id FROM audiences_audience WHERE kind = 'named_set'")}
    asked = {key.removeprefix("row:") for (key,) in twin.sql("SELECT key FROM jobs_job WHERE key LIKE 'row:%'")}
    assert before <= rows
    assert asked == rows, "one instant: each row with its job"
