"""From `@handle` to `@[12]` and back, and from the token in the HTML to a name.

Handles inside code spans, code blocks and addresses are left alone.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

# What must not be touched, first; then the handle. A handle is an identifier: letters, digits, « . _ - ».
_CODE = r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)"
_HANDLE = re.compile(rf"(?P<code>{_CODE})|(?<![\w/@.#-])@(?P<handle>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)", re.S)
_KEPT = re.compile(rf"(?P<code>{_CODE})|(?<![\w/@.#-])@\[(?P<id>[0-9]{{1,18}})\]", re.S)

# Private-use characters, which `clean` takes out of what people type, and `render` out of what their entities stand
# for (`&#xE000;`): nobody can write a token by hand.
OPEN, CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{OPEN}([0-9]{{1,18}}){CLOSE}")


def handles_in(text: str) -> set[str]:
    """The handles a text calls, lower case."""
    return {m["handle"].lower() for m in _HANDLE.finditer(text) if m["handle"]}


def tokenised(text: str, ids: Mapping[str, int]) -> str:
    """`@handle` becomes `@[12]` for the handles of `ids` (lower case); others stay as typed."""

    def keep(m: re.Match[str]) -> str:
        person_id = ids.get((m["handle"] or "").lower())
        return m[0] if person_id is None else f"@[{person_id}]"

    return _HANDLE.sub(keep, text)


def editable(text: str, handles: Mapping[int, str]) -> str:
    """`@[12]` becomes `@handle` again, for whoever edits the text."""

    def show(m: re.Match[str]) -> str:
        handle = handles.get(int(m["id"])) if m["id"] else None
        return m[0] if handle is None else f"@{handle}"

    return _KEPT.sub(show, text)


def mentioned_in(text: str) -> set[int]:
    """The people that a canonical text calls."""
    return {int(m["id"]) for m in _KEPT.finditer(text) if m["id"]}


def tokens_in(html: str) -> list[int]:
    """The people that stored HTML calls. A feed asks it of every line: most have no token."""
    return [int(n) for n in _TOKEN.findall(html)] if OPEN in html else []


def resolve(html: str, link: Callable[[int], Markup]) -> Markup:
    """Stored HTML with its tokens replaced by what `link(person_id)` gives."""
    if OPEN not in html:
        return Markup(html)  # noqa: S704  sanitised when it was written
    return Markup(_TOKEN.sub(lambda m: escape(link(int(m[1]))), html))  # noqa: S704
