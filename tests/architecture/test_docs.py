"""The documents say what is so: their links, paths, commands and settings exist, and none of those is left out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"(?<![/\w])((?:parvis|config|frontend|tests|scripts|requirements|docs|locale)/[\w./-]*[\w/])")
# Django's own, which `parvis` runs too.
DJANGO_COMMANDS = {"migrate", "makemigrations", "shell"}
# Read by the shell around Parvis or by `parvis serve`, not by config/settings.py.
READ_ELSEWHERE = {"HOST", "PORT"}


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_in(text: str) -> str:
    return "\n".join(CODE.findall(text))


def anchors(path: Path) -> set[str]:
    """The anchors of headings as forges make them: lower case, punctuation out, hyphens for spaces."""
    heads = re.findall(r"^#+ (.+)$", CODE.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for target in LINK.findall(document.read_text()):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_paths_of_the_code_exist(document: Path) -> None:
    named = set(PATH.findall(code_in(document.read_text())))
    built = {"frontend/dist", "frontend/node_modules"}

    assert not [path for path in named if not (ROOT / path).exists() and not path.startswith(tuple(built))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_commands_exist(document: Path) -> None:
    code = code_in(document.read_text())
    parvis = set(re.findall(r"(?<![\w/.-])(?<!-u )(?:\.venv/bin/)?parvis ([a-z][a-z_]+)\b", code))
    make = set(re.findall(r"\bmake ([a-z][a-z_-]*)\b", code))

    assert parvis <= set(get_commands())
    assert make <= targets()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z_-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_command_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("parvis.")}
    text = (ROOT / "docs/operate.md").read_text()

    assert ours
    assert not [name for name in sorted(ours) if f"parvis {name}" not in text]


def test_every_target_is_documented() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    assert not [name for name in sorted(targets() - {"help"}) if f"make {name}" not in text]


# --- Settings -------------------------------------------------------------------------------------------------------
def settings_read() -> dict[str, str]:
    """Name → default as written in config/settings.py."""
    tree = ast.parse((ROOT / "config/settings.py").read_text())
    return {
        str(ast.literal_eval(node.args[0])): ast.unparse(node.args[1]) if len(node.args) > 1 else ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    }


def settings_documented() -> Iterator[str]:
    for line in (ROOT / "docs/settings.md").read_text().splitlines():
        if match := re.match(r"\| `([A-Z_]+)` \|", line):
            yield match.group(1)


def test_the_settings_page_lists_what_is_read() -> None:
    documented = list(settings_documented())

    assert set(documented) == set(settings_read()) | READ_ELSEWHERE
    assert len(documented) == len(set(documented))


def test_nothing_else_reads_the_environment() -> None:
    """Everything is read in one place, and may be looked at elsewhere; `parvis serve` also takes HOST and PORT."""
    wanted = re.compile(r"os\.environ(?:\.get\(|\[)\s*[\"'](\w+)|os\.getenv\(\s*[\"'](\w+)")
    read = {
        name
        for path in (ROOT / "parvis").rglob("*.py")
        for match in wanted.findall(path.read_text())
        for name in match
        if name
    }
    assert read <= READ_ELSEWHERE | set(settings_read())


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_settings_that_are_named_exist(document: Path) -> None:
    named = set(re.findall(r"\b(PARVIS_[A-Z_]+)\b", document.read_text()))
    of_the_tests = {"PARVIS_CHROMIUM"}
    assert named <= set(settings_read()) | of_the_tests


def test_no_machine_and_no_registry_is_named() -> None:
    hosts = re.compile(
        "pypi" + r"\.org|pythonhosted|registry\.npm" + r"js|deb\.deb" + r"ian|/ro" + r"ot/|/home/\w+/|/wor" + r"k/\w"
    )
    texts = [*DOCUMENTS, ROOT / "Makefile", ROOT / ".ci/run", *ROOT.glob("scripts/*"), *ROOT.glob("requirements/*")]
    assert not [ids(path) for path in texts if path.is_file() and hosts.search(path.read_text())]
