"""Addresses of the built front end: what Vite's manifest says of an entry, as the tags of a page's head."""

import json
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from markupsafe import Markup


def asset(entry: str) -> Markup:
    """The style sheets, the scripts to fetch early and the module of `frontend/src/<entry>.ts`.

    Raises ImproperlyConfigured when the front end was not built.
    """
    path = f"{settings.STATIC_ROOT}/manifest.json"
    try:
        # A new build is seen without a restart; looking costs a microsecond (a Path would cost ten).
        built_at = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        raise ImproperlyConfigured(
            "The front end is not built: run `make setup`, or `npm run build` in frontend/."
        ) from None
    return _tags(path, built_at, entry)


@lru_cache(maxsize=16)
def _tags(path: str, built_at: int, entry: str) -> Markup:
    chunks = json.loads(Path(path).read_text("utf-8"))
    key = f"src/{entry}.ts"
    if key not in chunks:
        raise ImproperlyConfigured(f"The front end has no entry {entry}.")
    needed = _imports(chunks, key)
    styles = dict.fromkeys(css for name in (*needed, key) for css in chunks[name].get("css", []))
    tags = [Markup('<link rel="stylesheet" href="{}">').format(_address(css)) for css in styles]
    tags += [Markup('<link rel="modulepreload" href="{}">').format(_address(chunks[name]["file"])) for name in needed]
    tags.append(Markup('<script type="module" src="{}"></script>').format(_address(chunks[key]["file"])))
    return Markup("\n").join(tags)


def _imports(chunks: dict[str, dict[str, list[str]]], key: str) -> list[str]:
    """The chunks that an entry imports at once, theirs too, each once and before whoever needs it."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        for imported in chunks[name].get("imports", []):
            if imported not in found:
                found[imported] = None
                visit(imported)

    visit(key)
    return list(reversed(found))


def _address(file: object) -> str:
    return f"{settings.STATIC_URL}{file}"
