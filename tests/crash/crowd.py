"""People who publish through HTTP on a network that is about to suffer."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.kernel.network import Network
from tests.kernel.serve.test_processes import free_port

PEOPLE = 25
_COME_IN = """
import json
from django.test import Client
from parvis.kernel.audiences.actions import company_audience_id
from tests.conftest import make_person
cookies = []
for n in range({people}):
    browser = Client()
    browser.force_login(make_person(f"crowd{{n}}", f"Personne {{n}}"))
    cookies.append(browser.cookies["parvis_session"].value)
print(json.dumps([company_audience_id(), cookies]))
"""
_TOKEN = "t" * 32


@dataclass
class Crowd:
    """Of `network`, which one starts on `port`. `cookies`: one session a person, members of the audience of the whole
    company."""

    network: Network
    audience: int
    cookies: list[str]
    port: int = field(default_factory=free_port)

    def publish(self, who: int, text: str, key: str = "") -> tuple[int, str]:
        """Status and page; (0, "") when nobody answered."""
        body = urlencode({"audience": self.audience, "text": text, "key": key})
        return self._ask(who, "POST", "/publier/", body)

    def read(self, who: int, path: str) -> tuple[int, str]:
        return self._ask(who, "GET", path)

    def _ask(self, who: int, method: str, path: str, body: str = "") -> tuple[int, str]:
        headers = {
            "Host": "localhost:8000",
            "Cookie": f"parvis_session={self.cookies[who]}; parvis_csrf={_TOKEN}",
            "X-CSRFToken": _TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


@pytest.fixture(scope="session")
def crowded(migrated: Network, tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    """Made once a session, to be copied."""
    network = migrated.copied(tmp_path_factory.mktemp("crowded") / "data", "crowded")
    audience, cookies = json.loads(network.run(_COME_IN.format(people=PEOPLE)).splitlines()[-1])
    return Crowd(network, audience, cookies)


@pytest.fixture
def crowd(crowded: Crowd, tmp_path: Path) -> Iterator[Crowd]:
    """A network of its own where PEOPLE have come in; nobody serves it yet."""
    network = crowded.network.copied(tmp_path / "data")
    yield Crowd(network, crowded.audience, crowded.cookies)
    network.end()
