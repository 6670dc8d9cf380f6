"""The charter: twelve rules in both languages, one version, one hash a language."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from parvis.kernel.richtext import render

# Raised when the meaning changes; everybody is then asked again at their next act.
CHARTER_VERSION = "2026-11"
LANGUAGES = ("fr", "en")


@lru_cache(maxsize=len(LANGUAGES) + 1)
def charter_text(language: str) -> str:
    """The Markdown of one language; French where there is no other."""
    spoken = language if language in LANGUAGES else "fr"
    return Path(__file__).with_name(f"{spoken}.md").read_text(encoding="utf-8")


@lru_cache(maxsize=len(LANGUAGES) + 1)
def charter_html(language: str) -> str:
    return render(charter_text(language)).html


def charter_sha256(language: str) -> str:
    """Of the exact text that was shown, so that what was accepted can be proven later."""
    return sha256(charter_text(language).encode()).hexdigest()
