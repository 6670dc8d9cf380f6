"""`parvis serve` as an administrator starts it: one process, one free port, one folder of its own."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.kernel.network import ROOT, Network
from tests.kernel.serve.test_processes import free_port


class House:
    """`data` need not exist. `log` is everything the processes said."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.network = Network(data)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.network.env |= {"PARVIS_URL": self.url, **environment}
        self.log = data.parent / f"{data.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "House":
        try:
            return self._open()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_trouble: object) -> None:
        self.network.end()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _open(self) -> "House":
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from parvis.cli import main; main()", "serve", "--port", str(self.port)],
                env=self.network.env,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def command(self, *words: str) -> str:
        said = self.network.command(*words)
        assert said.returncode == 0, said.stderr
        return said.stdout

    def furnish(self, function: str, **arguments: Any) -> Any:
        """Runs a function of `furnishing.py` on this house's database, and gives what it returned."""
        code = f"import json; from tests.journeys import furnishing; print('\\n' + json.dumps(furnishing.{function}"
        return json.loads(self.network.run(f"{code}(**{arguments!r})))").splitlines()[-1])

    def mishaps(self) -> list[str]:
        """What the log holds that should not be there: answers 500, and whatever was said with a traceback.

        A process that a journey killed (-9) is no mishap.
        """
        lines = [line for line in self.log.read_text().splitlines() if "ended (-9)" not in line]
        return [line for line in lines if re.search(r'Traceback|"status": 5\d\d|"level": "(error|critical)"', line)]

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
