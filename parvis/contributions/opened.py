"""Pages of publications that were opened, kept in memory by GETs, which never write, until the next POST that tells
what was seen. At most a few minutes of them are lost with a process."""

import threading

# Beyond, a process that nobody posts to keeps no more.
_MOST = 10_000
_lock = threading.Lock()
_opened: set[tuple[int, int]] = set()


def note(contribution_id: int, person_id: int) -> None:
    with _lock:
        if len(_opened) < _MOST:
            _opened.add((contribution_id, person_id))


def taken() -> set[tuple[int, int]]:
    """What was noted since the last time, to be written now."""
    with _lock:
        found = set(_opened)
        _opened.clear()
    return found
