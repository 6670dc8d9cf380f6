"""The import contracts of pyproject.toml hold (`make lint` runs them) and forget no module."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
MODULES = {f"parvis.{path.parent.name}" for path in ROOT.glob("parvis/*/__init__.py")}


def layers_of(contract: dict[str, list[str]]) -> set[str]:
    return {name.strip(" ()") for line in contract["layers"] for name in line.replace(":", "|").split("|")}


def test_every_module_has_its_layer() -> None:
    between = layers_of(CONTRACTS[0])

    assert between >= MODULES
    assert all((ROOT / name.replace(".", "/")).with_suffix(".py").exists() or name in MODULES for name in between)


def test_every_module_of_the_product_is_layered_inside() -> None:
    inside = set(CONTRACTS[1]["containers"])

    assert MODULES - inside == {"parvis.kernel", "parvis.shell", "parvis.demo", "parvis.bench"}


def test_no_file_is_named_after_nothing() -> None:
    """`utils.py` says nothing; HOUSE-STYLE's list of names that a module may not have."""
    empty_names = {"utils", "helpers", "services", "common", "core", "base", "managers", "mixins", "misc", "tools"}
    paths = [path for path in (ROOT / "parvis").rglob("*.py") if "migrations" not in path.parts]

    # Django looks for a database backend in a module of that name.
    backend = ROOT / "parvis/kernel/database/sqlite/base.py"
    assert not [str(path) for path in paths if {path.stem, path.parent.name} & empty_names and path != backend]


def test_nothing_hears_djangos_signals() -> None:
    """What follows from a fact stands in handlers.py, where one can read it."""
    culprits = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "parvis").rglob("*.py")
        if "from django.db.models.signals" in (text := path.read_text()) or "from django.dispatch" in text
    ]
    assert not culprits
