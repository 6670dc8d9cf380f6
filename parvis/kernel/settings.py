"""Turns the few addresses of the environment into what Django wants."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url


def database_from(url: str, data: Path) -> dict[str, Any]:
    """SQLite in the data folder by default; `postgres://…` when a company outgrows it."""
    if url and not url.startswith("sqlite"):
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None))
        config["CONN_HEALTH_CHECKS"] = True
        return config

    path = Path(urlsplit(url).path[1:]) if url else data / "parvis.sqlite3"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "ENGINE": "parvis.kernel.database.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-16384; "
                "PRAGMA journal_size_limit=67108864;"
            ),
        },
    }


def secret_key_from(given: str, data: Path) -> str:
    """The key of the environment, or one made at the first start and kept in the data folder (mode 600)."""
    if given:
        return given
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # atomic: two processes that start together keep the same key
        draft.unlink()
    return path.read_text().strip()


def storage_from(url: str, data: Path) -> dict[str, Any]:
    """Files on disk by default; `s3://key:secret@endpoint/bucket` through django-storages."""
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(data / "files"), "base_url": None},
        }
    parts = urlsplit(url)
    endpoint = f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.path.strip("/"),
            "access_key": parts.username,
            "secret_key": parts.password,
            "endpoint_url": endpoint,
            "default_acl": "private",
            "file_overwrite": True,
        },
    }
