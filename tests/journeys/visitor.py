"""A person in front of a browser: a session of their own, a screen, and a list of everything that went wrong on it."""

import re
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import PASSWORD
from tests.journeys.house import House

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PATIENCE = 15_000
# The browser's own line for every answer that is not a success, and htmx's for a request without network: the journeys
# ask for 404 and 422, and cut the network, on purpose.
EXPECTED = re.compile(
    r"^Failed to load resource|^WebSocket connection to|^htmx:(afterRequest|sendError|responseError)"
)


class Visitor:
    """`troubles`: errors of scripts, violations of the content policy, dialogs of hostile words, answers of 500."""

    def __init__(self, browser: Browser, house: House, **screen: Any) -> None:
        self.house = house
        self.troubles: list[str] = []
        options: dict[str, Any] = {"locale": "fr-FR", "reduced_motion": "reduce", **DESKTOP, **screen}
        self.context: BrowserContext = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self._subscribed: dict[Page, str] = {}
        self.context.on("page", self._watch)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        self.context.on("dialog", self._refuse)
        self.context.on("response", self._look)
        self.page: Page = self.context.new_page()
        self._token = ""

    def sign_in(self, name: str, password: str = PASSWORD) -> "Visitor":
        """Through the form of the door, without drawing it."""
        door = f"{self.house.url}/connexion/"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.context.request.get(door).text())
        assert token
        answer = self.context.request.post(
            door,
            form={"csrfmiddlewaretoken": token[1], "login": name, "password": password},
            headers={"Referer": door},
        )
        assert "/connexion/" not in answer.url, answer.text()
        return self

    def go(self, path: str, page: Page | None = None) -> Page:
        page = page or self.page
        page.goto(urljoin(self.house.url, path))
        return page

    def tab(self, path: str) -> Page:
        """One more tab of the same browser."""
        return self.go(path, self.context.new_page())

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address, with this person's session and without drawing."""
        answer = self.context.request.get(urljoin(self.house.url, path))
        return answer.status, answer.body().decode(errors="replace")

    def listens(self, page: Page | None = None) -> Page:
        """Waits until a page has told the hub what it shows, and the hub has looked up whether it may."""
        page = page or self.page
        deadline = time.monotonic() + PATIENCE / 1000
        while self._subscribed.get(page) != page.url:
            assert time.monotonic() < deadline, f"{page.url} does not listen"
            page.wait_for_timeout(50)
        page.wait_for_timeout(300)
        return page

    def post(self, path: str, **typed: Any) -> str:
        """Acts as a form of another page would, and gives the address it leads to."""
        if not self._token:
            found = re.search(r'<meta name="csrf" content="([^"]+)"', self.get("/moi/")[1])
            assert found
            self._token = found[1]
        typed = {"csrfmiddlewaretoken": self._token, **typed}
        address = urljoin(self.house.url, path)
        answer = self.context.request.post(address, form=typed, headers={"Referer": address})
        said = re.findall('class="err.*?</p>', answer.text(), re.DOTALL)
        assert answer.ok, f"{answer.status} {address}: {said}"
        return urlsplit(answer.url).path

    def leave(self) -> None:
        self.context.close()

    def _watch(self, page: Page) -> None:
        def said(frame: Any) -> None:
            if '"subscribe"' in str(frame):
                self._subscribed[page] = page.url

        page.on("websocket", lambda socket: socket.on("framesent", said))

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            self.troubles.append(f"{message.text} ({message.page.url if message.page else ''})")

    def _refuse(self, dialog: Any) -> None:
        self.troubles.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _look(self, response: Any) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} {response.url}")
