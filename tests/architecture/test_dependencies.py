"""Each dependency is asked for with its reason, locked with hashes, and free enough for the AGPL."""

import json
import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["runtime", "test", "front", "s3", "tools"]
COMPATIBLE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public|Unlicense|HPND|CC0|Zlib"
    r"|0BSD|Historical Permission",
    re.IGNORECASE,
)


def asked(name: str) -> list[str]:
    lines = (ROOT / f"requirements/{name}.in").read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def locked(name: str) -> dict[str, int]:
    """Name → how many hashes."""
    text = (ROOT / f"requirements/{name}.txt").read_text()
    blocks = re.findall(r"^([a-z0-9._-]+)==[^\n]*\\\n((?:    [^\n]*\n?)+)", text, re.MULTILINE)
    return {package: block.count("--hash=sha256:") for package, block in blocks}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", NAMES)
def test_each_dependency_says_why_it_is_here(name: str) -> None:
    text = (ROOT / f"requirements/{name}.in").read_text()
    about_the_file = text.startswith("#")

    assert asked(name)
    assert not [line for line in asked(name) if "#" not in line and not (about_the_file and len(asked(name)) == 1)]


@pytest.mark.parametrize("name", NAMES)
def test_each_dependency_is_locked_with_hashes(name: str) -> None:
    lock = locked(name)
    pins = re.findall(r"^[a-z0-9._-]+==", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE)

    assert len(lock) == len({normal(pin.rstrip("=")) for pin in pins})
    assert all(lock.values())
    assert {normal(Requirement(line.split("#")[0]).name) for line in asked(name)} <= {normal(key) for key in lock}


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_names_no_host_and_no_folder(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    assert not re.findall(r"https?://|--(?:extra-)?index-url|--find-links|\s/\w+/", text)


def test_what_parvis_runs_on_may_be_given_away_under_the_agpl() -> None:
    unknown = {}
    for name in locked("runtime"):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # for another platform or Python
            continue
        said = [about.get("License-Expression", ""), about.get("License", "")[:60], *about.get_all("Classifier", [])]
        said = [line for line in said if line and (not line.startswith(("Topic", "Prog")))]
        if not COMPATIBLE.search(" ".join(said)):
            unknown[name] = said
    assert not unknown


def test_each_dependency_of_the_front_end_says_why_it_is_here() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text())
    wanted = {*package.get("dependencies", {}), *package.get("devDependencies", {})}
    listed = re.findall(r"^\| `([^`]+)` \| \S", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)

    assert set(listed) == wanted
    assert all(version[0].isdigit() for version in {**package["dependencies"], **package["devDependencies"]}.values())


def test_the_licence_is_the_agpl() -> None:
    text = (ROOT / "LICENSE").read_text()

    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert len(text.encode()) == 34_523  # the text as the Free Software Foundation publishes it
