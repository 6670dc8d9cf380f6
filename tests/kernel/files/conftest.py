from pathlib import Path

import pytest

from parvis.kernel.settings import storage_from


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings) -> Path:
    """A data folder of its own."""
    settings.PARVIS_DATA = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": storage_from("", tmp_path)}
    return tmp_path
