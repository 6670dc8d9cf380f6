"""Several processes that receive the same files at the same time keep each once."""

from pathlib import Path

import pytest

from tests.kernel.network import Network

_STORE = """
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files.actions import store
for n in range(25):
    store(b'same %d' % n, name='x.txt', owner=None, audience_id=company_audience_id())
"""


@pytest.mark.engine
def test_the_same_files_received_by_two_processes_are_kept_once(network: Network, tmp_path: Path):
    both = [network.start(f"exec({_STORE!r})") for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert network.sql("SELECT count(*) FROM files_file") == [(50,)]
    assert network.sql("SELECT count(*) FROM files_blob") == [(25,)]
    assert len(list((network.data / "files").glob("??/??/*"))) == 25
    assert not list((network.data / "files" / "incoming").iterdir())
