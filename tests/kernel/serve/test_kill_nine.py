"""200 publications at once while the process that answers is killed, twice: each acknowledged one is there, once."""

import os
import signal
import threading
import time

import pytest

from tests.crash.crowd import PEOPLE, Crowd
from tests.kernel.network import eventually
from tests.kernel.serve.test_processes import children, start

EACH = 8


class Writer(threading.Thread):
    """Publishes, and tries again with the same key as long as nothing was acknowledged."""

    def __init__(self, crowd: Crowd, who: int, acknowledged: list[str]) -> None:
        super().__init__(daemon=True)  # as long as it takes: pytest's own patience has an end
        self.crowd, self.who, self.acknowledged = crowd, who, acknowledged

    def run(self) -> None:
        for n in range(EACH):
            text = f"{self.name} écrit {n}"
            while self.publish(text, key=f"clef-de-{self.who}-{n:04d}") != 302:
                time.sleep(0.05)
            self.acknowledged.append(text)

    def publish(self, text: str, key: str) -> int:
        return self.crowd.publish(self.who, text, key)[0]


@pytest.mark.slow
@pytest.mark.engine
def test_what_was_acknowledged_is_there_once(crowd: Crowd):
    served = start(crowd.network, crowd.port)
    acknowledged: list[str] = []
    writers = [Writer(crowd, who, acknowledged) for who in range(PEOPLE)]
    for writer in writers:
        writer.start()
    for count in (40, 120):
        eventually(lambda count=count: len(acknowledged) >= count, within=100)
        os.kill(children(served.pid)["parvis-port"], signal.SIGKILL)
        eventually(lambda: "parvis-port" in children(served.pid))
    for writer in writers:
        writer.join()
    assert len(acknowledged) == PEOPLE * EACH
    written = [text for (text,) in crowd.network.sql("SELECT text FROM contributions_contribution")]
    assert sorted(written) == sorted(acknowledged)
