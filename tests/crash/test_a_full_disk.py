"""The disk is full: a sentence says so, nothing is half-written, one reads on; with room again, one writes again."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.crowd import Crowd
from tests.kernel.network import Network
from tests.kernel.serve.test_processes import children, start

pytestmark = pytest.mark.slow
ROOM = 24 * 1024 * 1024
PEOPLE = 12


class Disk:
    """A small one where mounting is allowed; elsewhere, a limit on the size of the files that the server writes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
        self.is_mounted = subprocess.run(mount, capture_output=True).returncode == 0
        self._filler = folder / "filler"

    def fill(self, writer: int) -> None:
        if not self.is_mounted:
            largest = max(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())
            resource.prlimit(writer, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
            return
        with self._filler.open("wb", buffering=0) as filler:
            try:
                while filler.write(b"\0" * 65_536):
                    pass
            except OSError:
                pass

    def make_room(self, writer: int) -> None:
        if not self.is_mounted:
            resource.prlimit(writer, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            return
        self._filler.unlink()

    def take_away(self) -> None:
        if self.is_mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path / "disk")
    yield made
    made.take_away()


def test_what_does_not_fit_is_refused_in_a_sentence_and_nothing_is_lost(disk: Disk, crowd: Crowd):
    network = crowd.network
    shutil.copytree(network.data, disk.folder / "data")
    network.data = disk.folder / "data"
    network.env["PARVIS_DATA"] = str(network.data)
    served = start(network, crowd.port)
    writer = children(served.pid)["parvis-port"]
    long = "Une phrase qui prend de la place. " * 1000
    written = ["avant", *(f"{n} {long}".strip() for n in range(1, PEOPLE * 9))]
    assert crowd.publish(0, written[0])[0] == 302

    disk.fill(writer)
    acknowledged = [written[0]]
    for n, text in enumerate(written[1:]):
        status, page = crowd.publish(n % PEOPLE, text, key=f"disque-{n:04d}")
        if status != 302:
            break
        acknowledged.append(text)
    assert status == 507, page
    assert "Le disque du serveur est plein." in page
    assert "votre texte est encore dans la page" in page

    # One reads on, and the next try is refused in the same way.
    assert crowd.read(1, "/entreprise/")[0] == 200
    assert "avant" in crowd.read(1, f"/c/{_first(network)}/")[1]
    refused, key = "La dernière " + long, "disque-dernier"
    assert crowd.publish(PEOPLE - 1, refused, key)[0] == 507

    disk.make_room(writer)
    assert crowd.publish(PEOPLE - 1, refused, key)[0] == 302
    texts = [text for (text,) in network.sql("SELECT text FROM contributions_contribution ORDER BY id")]
    assert [text[:20] for text in texts] == [text[:20] for text in [*acknowledged, refused]]
    announced = network.sql("SELECT count(*) FROM live_change WHERE topic LIKE 'a:%'")
    assert announced == [(len(texts),)]
    assert network.sql("PRAGMA integrity_check") == [("ok",)]
    assert os.path.exists(f"/proc/{writer}"), "the process that was refused room goes on"


def _first(network: Network) -> int:
    return int(network.sql("SELECT min(id) FROM contributions_contribution")[0][0])
