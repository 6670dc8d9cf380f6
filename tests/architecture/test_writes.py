"""Only actions write: elsewhere save, create, update, delete or SQL that changes a row is a mistake.

`QuerySet.update` is told from `dict.update` by its keywords: `rows.update(name=…)` is a write.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITES = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "delete", "bulk_update"}
WRITES |= {f"a{name}" for name in WRITES}
WRITING_SQL = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\s", re.IGNORECASE)
# The kernel's own tables, the people of the demo and the rows of the benchmark are written where they are made.
MAY_WRITE_FOLDERS = {"parvis/kernel", "parvis/demo", "parvis/bench"}
# Private halves of an actions.py, and Django's own hooks. An entry that no longer writes must go.
MAY_WRITE_FILES = {
    "parvis/contributions/writing.py": "the rows that follow from a text: called by contributions/actions alone",
    "parvis/people/models/names.py": "the words of a name: written with it, by whoever saves a person",
    "parvis/people/models/person.py": "save() and create() as Django's user model wants them: they keep the sort key",
}


def names_of_actions(tree: ast.Module) -> set[str]:
    """`from parvis.people import actions as people`: `people.delete()` is an action, not a write."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "actions" or (node.module or "").endswith(".actions")
    }


def writes_in(source: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    actions = names_of_actions(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if isinstance(node.func.value, ast.Name) and node.func.value.id in actions:
                continue
            if node.func.attr in WRITES:
                yield node.lineno, f".{node.func.attr}()"
            if node.func.attr in {"update", "aupdate"} and node.keywords and not node.args:
                yield node.lineno, f".{node.func.attr}()"
            if node.func.attr in {"execute", "executemany"} and node.args:
                said = "".join(
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )
                if WRITING_SQL.match(said):
                    yield node.lineno, "SQL that writes"


def is_an_action(path: Path) -> bool:
    return path.name == "actions.py" or path.parent.name == "actions"


def files_outside_actions() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "parvis").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        is_free = (
            is_an_action(path) or "migrations" in path.parts or any(name.startswith(f) for f in MAY_WRITE_FOLDERS)
        )
        if not is_free:
            yield name, path.read_text()


def test_only_actions_write() -> None:
    culprits = [
        f"{name}:{line} {what}"
        for name, source in files_outside_actions()
        if name not in MAY_WRITE_FILES
        for line, what in writes_in(source)
    ]
    assert not culprits


def test_the_exceptions_still_write() -> None:
    sources = dict(files_outside_actions())

    assert not [name for name in MAY_WRITE_FILES if not any(writes_in(sources.get(name, "")))]


@pytest.mark.parametrize(
    "source",
    [
        "person.save()",
        "Person.objects.create(name='x')",
        "Person.objects.filter(pk=1).update(name='x')",
        "rows.delete()",
        "cursor.execute('UPDATE people_person SET name = %s', [name])",
        "cursor.execute(f'DELETE FROM {table}')",
    ],
)
def test_a_write_is_recognised(source: str) -> None:
    assert list(writes_in(source))


@pytest.mark.parametrize(
    "source",
    [
        "given.update(attrs)",
        "seen.add(1)",
        "cursor.execute('SELECT 1')",
        "from parvis.contributions import actions\nactions.delete(person=person)",
    ],
)
def test_what_is_no_write_is_left_alone(source: str) -> None:
    assert not list(writes_in(source))
