"""The style sheet: colours can be read by day and in the evening, every icon named is drawn."""

import re
from pathlib import Path

import pytest

from parvis.kernel.web.icons import DRAWINGS, icon

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "frontend/styles"


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of tokens.css, as they are by day and in the evening."""
    sheet = (STYLES / "tokens.css").read_text()
    pairs = re.findall(r"(--color-[\w-]+): light-dark\((#\w+), (#\w+)\);", sheet)
    return {name: day for name, day, _ in pairs}, {name: evening for name, _, evening in pairs}


LIGHT, DARK = tokens()


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of « #rrggbb »."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_is_said_once_for_the_day_and_the_evening() -> None:
    said = re.findall(r"^  (--color-[\w-]+):", (STYLES / "tokens.css").read_text(), re.M)
    assert said == list(LIGHT)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["base-100", "base-200", "base-300"])
@pytest.mark.parametrize("ink", ["base-content", "muted", "primary", "accent", "success", "warning", "error"])
def test_text_can_be_read_on_every_ground(theme: dict[str, str], ground: str, ink: str) -> None:
    assert contrast(theme[f"--color-{ink}"], theme[f"--color-{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("fill", ["primary", "accent"])
def test_words_can_be_read_on_a_filled_button(theme: dict[str, str], fill: str) -> None:
    assert contrast(theme[f"--color-{fill}"], theme[f"--color-{fill}-content"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["base-100", "base-200"])
def test_the_edge_of_a_field_can_be_seen(theme: dict[str, str], ground: str) -> None:
    assert contrast(theme["--color-field"], theme[f"--color-{ground}"]) >= 3


def test_every_sheet_is_imported_in_a_layer() -> None:
    imported = set(re.findall(r'@import "\./([\w-]+\.css)" layer\(\w+\)', (STYLES / "main.css").read_text()))
    assert imported == {path.name for path in STYLES.glob("*.css")} - {"main.css"}


def test_every_icon_that_a_template_names_is_drawn() -> None:
    pages = (ROOT / "parvis").rglob("jinja2/**/*.html")
    named = {name for page in pages for name in re.findall(r'icon\("([\w-]+)"', page.read_text())}
    assert named
    assert named <= set(DRAWINGS)


def test_an_icon_unknown_to_this_version_is_a_circle_and_hidden_from_screen_readers() -> None:
    assert icon("no-such-icon") == icon("circle")
    assert 'aria-hidden="true"' in icon("house")
    assert 'class="i s"' in icon("house", "s")


@pytest.mark.parametrize(("cls", "side"), [("", 20), ("s", 16), ("l", 24)])
def test_an_icon_keeps_its_size_without_the_sheet(cls: str, side: int) -> None:
    assert f'width="{side}" height="{side}"' in icon("house", cls)


def test_the_table_of_icons_is_the_list_of_names() -> None:
    names = (ROOT / "parvis/kernel/web/icons.txt").read_text().split()
    assert set(names) == set(DRAWINGS)
