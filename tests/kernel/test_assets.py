"""The head of a page names the built files; a front end that was not built says so."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from parvis.kernel.web.assets import asset

MANIFEST = {
    "src/main.ts": {"file": "assets/main-1.js", "css": ["assets/main-1.css"], "imports": ["_words.js"]},
    "_words.js": {"file": "assets/words-1.js", "css": ["assets/words-1.css"], "imports": ["_base.js"]},
    "_base.js": {"file": "assets/base-1.js"},
}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    return path


def test_the_head_has_the_styles_first_then_what_the_module_imports_then_the_module(built: Path) -> None:
    assert asset("main").split("\n") == [
        '<link rel="stylesheet" href="/static/assets/words-1.css">',
        '<link rel="stylesheet" href="/static/assets/main-1.css">',
        '<link rel="modulepreload" href="/static/assets/base-1.js">',
        '<link rel="modulepreload" href="/static/assets/words-1.js">',
        '<script type="module" src="/static/assets/main-1.js"></script>',
    ]


def test_a_new_build_is_seen_without_a_restart(built: Path) -> None:
    asset("main")
    built.write_text(json.dumps({"src/main.ts": {"file": "assets/main-2.js"}}))
    os.utime(built, ns=(1, 2))
    assert asset("main") == '<script type="module" src="/static/assets/main-2.js"></script>'


def test_a_missing_build_and_a_missing_entry_say_what_to_do(built: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="no entry admin"):
        asset("admin")
    built.unlink()
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        asset("main")


def test_the_script_of_every_page_stays_light_and_the_editor_apart() -> None:
    root = Path(settings.STATIC_ROOT)
    chunks = json.loads((root / "manifest.json").read_text())
    main = chunks["src/main.ts"]
    assert (root / f"{main['file']}.gz").stat().st_size <= 40 * 1024
    assert "src/editor/rich-editor.ts" in main["dynamicImports"]
    assert not [name for name in main.get("imports", []) if "editor" in name]
