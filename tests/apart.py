"""A data folder for each test process (`-p tests.apart`): none finds another's files, sockets or secret key there, nor
those of a Parvis that somebody serves from the project's folder meanwhile.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if not _WORKER:
    for left in Path(tempfile.gettempdir()).glob("parvis-tests-*-*"):
        if not Path("/proc", left.name.split("-")[2]).exists():  # its process was killed before it could clean up
            shutil.rmtree(left, ignore_errors=True)
    _ALL = tempfile.mkdtemp(prefix=f"parvis-tests-{os.getpid()}-")
    atexit.register(shutil.rmtree, _ALL, ignore_errors=True)
    os.environ["PARVIS_DATA"] = _ALL
else:
    # At import, before the settings are read. The first process left its own folder in the environment.
    os.environ["PARVIS_DATA"] = str(Path(os.environ["PARVIS_DATA"], _WORKER))
