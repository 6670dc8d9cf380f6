"""EMAIL_URL into what Django wants; without one, letters are files in the data folder and nothing leaves."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_email_url

_SECONDS = 20


def email_from(url: str, data: Path, site: str) -> dict[str, Any]:
    """`smtp://user:password@host:587/?ssl=True` or `?tls=True`; the sender by `_default_from_email=…`."""
    sender = f"parvis@{urlsplit(site).hostname or 'localhost'}"
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data / "mail"),
            "DEFAULT_FROM_EMAIL": sender,
        }
    asked: dict[str, Any] = dict(dj_email_url.parse(url))  # type: ignore[no-untyped-call]
    return {"DEFAULT_FROM_EMAIL": sender, **asked, "EMAIL_TIMEOUT": asked.get("EMAIL_TIMEOUT") or _SECONDS}
