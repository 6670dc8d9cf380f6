"""One `parvis serve` a data folder: the lock goes with the process, also after kill -9."""

import fcntl
import os
from pathlib import Path


class AlreadyServed(Exception):
    """Another process serves this folder; `args[0]` is its number, as text ("" if unknown)."""


def take_the_folder(folder: Path) -> int:
    """The descriptor to keep open. Raises AlreadyServed, or OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.pread(handle, 20, 0).decode(errors="replace").strip()
        os.close(handle)
        raise AlreadyServed(owner) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle
