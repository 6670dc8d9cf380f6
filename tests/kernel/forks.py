"""Processes of Parvis for the tests: forks of one that has loaded what Parvis stands on, and nothing of Parvis.

Each has its own number, environment, settings and end, for a third of what a new interpreter costs; one run of the
tests starts a hundred of them.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

# None of them reads settings when it is loaded.
_LOADED = (
    "asyncio http.client sqlite3 babel.dates environs jinja2 markdown_it nh3 prometheus_client psycopg structlog "
    "uvicorn websockets whitenoise.middleware django.contrib.auth.hashers django.contrib.auth.password_validation "
    "django.core.cache.backends.locmem django.core.files.storage django.core.mail django.core.management "
    "django.core.serializers.json django.db.backends.sqlite3.base django.db.migrations.executor django.db.models "
    "django.forms django.http django.template.defaultfilters django.test django.urls "
    "django.utils.translation.trans_real"
).split()
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(_LOADED)


class Fork:
    """Runs some Python in a process of its own; speaks as subprocess.Popen does, as far as the tests ask.

    `stdout` holds all that it says, unless it says it into files of one's own (`out`, `err`).
    """

    def __init__(
        self, code: str, *, env: Mapping[str, str], cwd: Path, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        if out is None:
            reading, writing = os.pipe()
            self.stdout = os.fdopen(reading)
        else:
            writing = os.dup(out.fileno())
        voice = Connection(writing, readable=False)
        trouble = Connection(os.dup(err.fileno() if err else writing), readable=False)
        self._process = _forks.Process(target=_run, args=(code, dict(env), str(cwd), voice, trouble), daemon=True)
        self._process.start()
        voice.close()
        trouble.close()
        assert self._process.pid
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("a fork", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """All that it had still to say, once it has ended."""
        said = ""
        if not self.stdout.closed:
            with self.stdout:
                said = self.stdout.read()
        self.wait(timeout)
        return said, None


def _run(code: str, env: dict[str, str], cwd: str, voice: Connection, trouble: Connection) -> None:
    silence = os.open(os.devnull, os.O_RDONLY)
    for number, source in enumerate((silence, voice.fileno(), trouble.fileno())):
        os.dup2(source, number)
    os.close(silence)
    voice.close()
    trouble.close()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    exec(code, {"__name__": "__main__", "sys": sys})
