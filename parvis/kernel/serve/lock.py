"""One `parvis serve` a data folder: the lock goes with the process, also after kill -9."""

import fcntl
import os
import time
from pathlib import Path

# Seconds that a tree whose parent was killed is waited for; its children end by themselves (supervisor.py).
_PATIENCE = 35.0


class AlreadyServed(Exception):
    """Another process serves this folder; `args[0]` is its number, as text ("" if unknown)."""


def take_the_folder(folder: Path) -> int:
    """The descriptor to keep open. Raises AlreadyServed, or OSError when the folder cannot be written.

    The lock is shared by the processes of a tree: while the children of a killed parent drain, this waits for them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + _PATIENCE
    while not _is_taken(handle):
        owner = os.pread(handle, 20, 0).decode(errors="replace").strip()
        if _is_running(owner) or time.monotonic() > deadline:
            os.close(handle)
            raise AlreadyServed(owner)
        time.sleep(0.05)
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_running(owner: str) -> bool:
    """One that has not yet written its number is: it has just taken the folder."""
    return not owner.isdecimal() or Path(f"/proc/{owner}").exists()
