"""200 publications at once while the process that answers is killed, twice: each acknowledged one is there, once."""

import http.client
import json
import os
import signal
import threading
import time
from urllib.parse import urlencode

import pytest

from tests.kernel.network import Network, eventually
from tests.kernel.serve.test_processes import children, free_port, start

PEOPLE, EACH = 25, 8
_CROWD = """
import json
from django.test import Client
from parvis.kernel.audiences.actions import company_audience_id
from tests.conftest import make_person
cookies = []
for n in range({people}):
    browser = Client()
    browser.force_login(make_person(f"kill{{n}}", f"Personne {{n}}"))
    cookies.append(browser.cookies["parvis_session"].value)
print(json.dumps([company_audience_id(), cookies]))
"""


class Writer(threading.Thread):
    """Publishes, and tries again with the same key as long as nothing was acknowledged."""

    def __init__(self, port: int, audience: int, cookie: str, acknowledged: list[str]) -> None:
        super().__init__()
        self.port, self.audience, self.acknowledged = port, audience, acknowledged
        token = "t" * 32
        self.headers = {
            "Host": "localhost:8000",
            "Cookie": f"parvis_session={cookie}; parvis_csrf={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def run(self) -> None:
        deadline = time.monotonic() + 60
        for n in range(EACH):
            text = f"{self.name} écrit {n}"
            key = f"{self.headers['Cookie'][15:31]}-{n}"
            while time.monotonic() < deadline and self.publish(text, key) != 302:
                time.sleep(0.05)
            self.acknowledged.append(text)

    def publish(self, text: str, key: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = urlencode({"audience": self.audience, "text": text, "key": key})
            connection.request("POST", "/publier/", body, self.headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


@pytest.mark.slow
@pytest.mark.engine
def test_what_was_acknowledged_is_there_once(network: Network):
    audience, cookies = json.loads(network.run(_CROWD.format(people=PEOPLE)).splitlines()[-1])
    port = free_port()
    served = start(network, port)
    acknowledged: list[str] = []
    writers = [Writer(port, audience, cookie, acknowledged) for cookie in cookies]
    for writer in writers:
        writer.start()
    for count in (40, 120):
        eventually(lambda count=count: len(acknowledged) >= count, within=40)
        os.kill(children(served.pid)["parvis-port"], signal.SIGKILL)
        eventually(lambda: "parvis-port" in children(served.pid))
    for writer in writers:
        writer.join()
    assert len(acknowledged) == PEOPLE * EACH
    written = [text for (text,) in network.sql("SELECT text FROM contributions_contribution")]
    assert sorted(written) == sorted(acknowledged)
