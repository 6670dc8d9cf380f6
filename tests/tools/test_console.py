"""`.venv/bin/parvis`, from any folder and by any name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONSOLE = Path(sys.executable).parent / "parvis"


@pytest.mark.parametrize("is_linked", [False, True])
def test_the_console_script_starts_anywhere(tmp_path: Path, is_linked: bool) -> None:
    name = CONSOLE
    if is_linked:
        name = tmp_path / "parvis"
        name.symlink_to(CONSOLE)
    environment = {"PATH": os.environ["PATH"], "PARVIS_DATA": str(tmp_path / "data")}

    said = subprocess.run([name, "version"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert said.stdout.startswith("5.2"), said.stderr
