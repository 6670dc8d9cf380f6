"""Real workers, killed and interrupted: what was acknowledged is done, and done by one at a time."""

import signal
import time
from pathlib import Path

import pytest

from tests.kernel.network import Network, eventually

pytestmark = pytest.mark.engine
_IMPORT = "from tests.kernel.jobs import sample; from parvis.kernel.jobs.actions import enqueue; "
_WORK = _IMPORT + "from django.core.management import call_command; call_command('work', lanes={lanes!r})"


def start_worker(network: Network, lanes: str = "now"):
    return network.start(_WORK.format(lanes=lanes))


def lines(path: Path, beginning: str = "") -> list[str]:
    return [line for line in path.read_text().splitlines() if line.startswith(beginning)] if path.exists() else []


def states(network: Network) -> list[str]:
    return [state for (state,) in network.sql("SELECT state FROM jobs_job WHERE name LIKE '%sample%' ORDER BY id")]


def test_a_job_runs_again_when_its_worker_is_killed_in_the_middle(network: Network, tmp_path: Path):
    notes, goes_on = tmp_path / "notes", tmp_path / "goes on"
    network.run(_IMPORT + f"enqueue(sample.note, path={str(notes)!r}, word='a', until={str(goes_on)!r})")
    first = start_worker(network)
    eventually(lambda: lines(notes, "begin"))
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert states(network) == ["running"]

    goes_on.touch()
    start_worker(network)
    eventually(lambda: states(network) == ["done"])

    assert len(lines(notes, "begin")) == 2
    assert len(lines(notes, "end")) == 1


def test_two_workers_share_the_jobs_and_run_each_once(network: Network, tmp_path: Path):
    notes, goes_on = tmp_path / "notes", tmp_path / "goes on"
    workers = [start_worker(network), start_worker(network)]
    note = f"enqueue(sample.note, path={str(notes)!r}, word=str(n), until={str(goes_on)!r})"
    network.run(_IMPORT + f"[{note} for n in range(40)]")
    eventually(lambda: len(lines(notes, "begin")) == 2)  # whoever has one in hand takes no other
    goes_on.touch()
    eventually(lambda: states(network) == ["done"] * 40)

    begun = lines(notes, "begin")
    assert len(begun) == len({line.split()[1] for line in begun}) == 40
    assert {line.split()[2] for line in begun} == {str(worker.pid) for worker in workers}


def test_sigterm_lets_the_job_in_hand_finish_and_takes_no_other(network: Network, tmp_path: Path):
    notes, goes_on = tmp_path / "notes", tmp_path / "goes on"
    ask = f"enqueue(sample.note, path={str(notes)!r}, word='a', until={str(goes_on)!r});"
    network.run(_IMPORT + ask * 2)
    worker = start_worker(network)
    eventually(lambda: lines(notes, "begin"))
    worker.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    goes_on.touch()

    assert worker.wait(timeout=60) == 0
    assert len(lines(notes, "begin")) == len(lines(notes, "end")) == 1
    assert states(network) == ["done", "ready"]


def test_a_commit_wakes_the_worker_without_waiting_for_its_next_look(network: Network, tmp_path: Path):
    notes = tmp_path / "notes"
    never = "from parvis.kernel.jobs import worker; worker._LOOK = 3600.0; "
    network.start(never + _WORK.format(lanes="now"))
    eventually(lambda: list((network.data / "run").glob("work-*")))
    for n in range(3):  # the first may still be found by the look with which it begins
        network.run(_IMPORT + f"enqueue(sample.note, path={str(notes)!r}, word='a')")
        eventually(lambda n=n: len(lines(notes, "end")) == n + 1)


def test_the_heavy_lane_has_a_process_of_its_own(network: Network):
    # The child is a plain `parvis work --lanes heavy`: it knows the jobs of the product, not those of the tests.
    job = "lane='heavy', name='kernel.jobs.sweep_what_is_over'"
    network.run(f"from parvis.kernel.jobs.models import Job; Job.objects.create({job})")
    worker = start_worker(network, "now,heavy")
    eventually(lambda: len(list((network.data / "run").glob("work-*"))) == 2)
    done = "SELECT worker FROM jobs_job WHERE lane = 'heavy' AND state = 'done'"
    [(by,)] = eventually(lambda: network.sql(done))
    worker.send_signal(signal.SIGTERM)

    assert by.split(":")[1] != str(worker.pid)
    assert worker.wait(timeout=60) == 0


def test_kill_between_a_write_and_its_job_loses_neither(network: Network, tmp_path: Path):
    """The writer is killed anywhere among its writes: each acknowledged one is there, each row has its job."""
    acknowledged = tmp_path / "acknowledged"
    writer = network.start(_IMPORT + f"sample.write_and_ask({str(acknowledged)!r}, 2000)")
    eventually(lambda: len(lines(acknowledged)) > 1)
    writer.send_signal(signal.SIGKILL)
    writer.wait()

    rows = {str(row) for (row,) in network.sql("SELECT id FROM audiences_audience WHERE kind = 'named_set'")}
    asked = {key.removeprefix("row:") for (key,) in network.sql("SELECT key FROM jobs_job WHERE key LIKE 'row:%'")}
    assert set(lines(acknowledged)) <= rows
    assert asked == rows
    assert len(rows) > 1


@pytest.mark.parametrize(("dies", "count"), [("with_write", 0), ("after_commit", 1)])
def test_kill_in_a_handler_leaves_the_row_and_its_job_or_neither(network: Network, tmp_path: Path, dies, count):
    notes = tmp_path / "notes"
    writer = network.start(f"from tests.kernel.jobs import sample; sample.write_and_ask({str(notes)!r}, 1, {dies!r})")
    assert writer.wait(timeout=60) == -signal.SIGKILL

    assert len(network.sql("SELECT id FROM audiences_audience WHERE kind = 'named_set'")) == count
    assert len(network.sql("SELECT id FROM jobs_job WHERE key LIKE 'row:%'")) == count
    network.run(_IMPORT + "from parvis.kernel.jobs.worker import run_due; run_due()")
    assert len(lines(tmp_path / "notes.jobs", "end")) == count
