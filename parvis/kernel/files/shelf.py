"""Where the bytes are: on disk by the beginning of their hash, or in S3 under the same names."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File as DjangoFile
from django.core.files.storage import FileSystemStorage, default_storage

_INCOMING = "incoming"


def key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def on_disk() -> Path | None:
    """The folder of the files, or None when they are elsewhere."""
    return Path(default_storage.location) if isinstance(default_storage, FileSystemStorage) else None


def incoming() -> Path:
    """Where what is being received waits, on the same disk as the files, so that a rename puts it in place."""
    return (on_disk() or settings.PARVIS_DATA / "files") / _INCOMING


@contextmanager
def workbench() -> Iterator[Path]:
    """A folder for one file that comes in; gone at the end, whatever happened."""
    incoming().mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=incoming()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has(sha256: str) -> bool:
    return default_storage.exists(key(sha256))


def size_of(sha256: str) -> int | None:
    """In bytes; None when it is not there."""
    try:
        return default_storage.size(key(sha256))
    except OSError:
        return None


def put(sha256: str, source: Path) -> None:
    """Puts a finished file (already on the disk for good) in its place: whole or not at all."""
    root = on_disk()
    if root is None:
        if not has(sha256):
            with source.open("rb") as file:
                default_storage.save(key(sha256), DjangoFile(file))
        return
    place = root / key(sha256)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.replace(source, place)
    settle(place.parent)


def opened(sha256: str) -> "DjangoFile[bytes]":
    """Raises FileNotFoundError."""
    return default_storage.open(key(sha256))


def source(sha256: str) -> "Path | DjangoFile[bytes]":
    """What to send: the path on disk, or the file of a network store. Raises FileNotFoundError."""
    root = on_disk()
    if root is None:
        return opened(sha256)
    path = root / key(sha256)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def drop(sha256: str) -> None:
    default_storage.delete(key(sha256))


def settle(path: Path) -> None:
    """Waits until the disk has it, so that a power cut leaves nothing half written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
