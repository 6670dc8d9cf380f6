"""Nightly: bytes that no row needs any more, and what was left half received."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from parvis.kernel.files import shelf
from parvis.kernel.files.models import Blob, Thumbnail
from parvis.kernel.jobs.pace import in_short_writes
from parvis.kernel.jobs.registry import every, job

# What came in less than a day ago may be waiting for its rows.
_REST = timedelta(days=1)


@contextmanager
def nothing_swept() -> Iterator[None]:
    """While a backup copies the files that its database names."""
    with _lock(fcntl.LOCK_SH):
        yield


@every("03:40")
@job(lane="now")
def sweep_files() -> None:
    try:
        with _lock(fcntl.LOCK_EX | fcntl.LOCK_NB):
            _sweep_rows()
            _sweep_disk()
    except BlockingIOError:
        return  # a backup is being made; tomorrow then


def _sweep_rows() -> None:
    needed = Thumbnail.objects.values("blob_id")
    old = Blob.objects.filter(files=None, created_at__lt=timezone.now() - _REST).exclude(pk__in=needed)
    in_short_writes(list(old.values_list("pk", flat=True)), _drop_rows)


def _drop_rows(ids: Sequence[int]) -> None:
    """Looks again under the lock: a file may have come back meanwhile."""
    needed = Thumbnail.objects.values("blob_id")
    for blob in Blob.objects.select_for_update(of=("self",)).filter(pk__in=ids, files=None).exclude(pk__in=needed):
        blob.delete()
        if shelf.on_disk() is None:
            transaction.on_commit(lambda sha256=blob.sha256: shelf.drop(sha256), robust=True)  # type: ignore[misc]


def _sweep_disk() -> None:
    root, before = shelf.on_disk(), time.time() - _REST.total_seconds()
    if root is None or not root.exists():
        return
    for left in shelf.incoming().glob("*"):
        if left.stat().st_mtime < before:
            shutil.rmtree(left, ignore_errors=True)
    for folder in root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]"):
        old = [Path(entry.path) for entry in os.scandir(folder) if entry.stat().st_mtime < before]
        known = set(Blob.objects.filter(sha256__in=[path.name for path in old]).values_list("sha256", flat=True))
        in_short_writes([path for path in old if path.name not in known], _drop_from_disk)


def _drop_from_disk(paths: Sequence[Path]) -> None:
    known = set(Blob.objects.filter(sha256__in=[path.name for path in paths]).values_list("sha256", flat=True))
    for path in paths:
        if path.name not in known:
            path.unlink(missing_ok=True)


@contextmanager
def _lock(how: int) -> Iterator[None]:
    path: Path = settings.PARVIS_DATA / "files.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
