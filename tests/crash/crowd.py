"""People who publish through HTTP on a network that is about to suffer."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.kernel.network import Network

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
    """`cookies`: one session a person, members of the audience of the whole company."""

    port: int
    audience: int
    cookies: list[str]

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


def crowd(network: Network, *, port: int, people: int) -> Crowd:
    audience, cookies = json.loads(network.run(_COME_IN.format(people=people)).splitlines()[-1])
    return Crowd(port, audience, cookies)
