"""Chromium, and houses to visit. Without a Chromium the journeys are not run, and say so; where CI=true they fail."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.house import House
from tests.journeys.visitor import PHONE, Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A page that is not on top lives as fully as the one that is: two people watch each other in these tests.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = os.environ.get("PARVIS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        sentence = "NOT RUN: no Chromium on this machine"
        if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The cast, at home; shared by journeys that each bring their own words."""
    with House(tmp_path_factory.mktemp("house") / "data") as opened:
        yield opened


@pytest.fixture(scope="session")
def ids(house: House) -> dict[str, Any]:
    """Of the cast, of the audiences `lyon` (open) and `cordon` (private, at `cordon_slug`)."""
    found: dict[str, Any] = house.furnish("cast")
    return found


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    """A folder that does not exist yet, and what `parvis serve` makes of it."""
    with House(tmp_path / "data") as opened:
        yield opened


Visits = Callable[..., Visitor]
HAS_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[HAS_FAILED] = item.stash.get(HAS_FAILED, False) or report.failed  # type: ignore[attr-defined]
    return report


def _keep_screens(visitors: list[Visitor], folder: Path) -> None:
    """What each screen showed when the journey failed, in the folder of the test."""
    pages = [page for visitor in visitors for page in visitor.context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=folder / f"screen-{number}.png")
        (folder / f"screen-{number}.html").write_text(f"<!-- {page.url} -->\n{page.content()}")
    sys.stdout.write(f"{len(pages)} screens of the failure in {folder}\n")


@pytest.fixture
def visits(chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """`visits("amina", phone=True)`: Amina, signed in, at a screen. Whatever went wrong on it fails the test."""
    inside: list[Visitor] = []

    def visit(name: str = "", *, phone: bool = False, house: House | None = None, **screen: Any) -> Visitor:
        where = house or request.getfixturevalue("house")
        if house is None:
            request.getfixturevalue("ids")
        inside.append(Visitor(chromium, where, **(PHONE if phone else {}), **screen))
        return inside[-1].sign_in(name) if name else inside[-1]

    yield visit
    if request.node.stash.get(HAS_FAILED, False):
        _keep_screens(inside, tmp_path)
    for visitor in inside:
        visitor.leave()
    troubles = [trouble for visitor in inside for trouble in visitor.troubles]
    mishaps = {visitor.house.log: visitor.house.mishaps() for visitor in inside}
    assert not troubles
    assert not any(mishaps.values()), mishaps
