"""The parent of `parvis serve`: it holds the port and the lock, starts the others, and starts again what dies.

It has loaded everything and runs no thread, so that a child is a fork: ready at once, and most of its memory shared.
Children are told to stop when the parent dies, however it dies.
"""

import ctypes
import gc
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger("parvis.serve")
_WATCHED = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15
# Seconds: a child that lived that long starts afresh; the longest pause before another try; the time to drain.
_HEALTHY, _LONGEST_PAUSE, _DRAIN = 60.0, 30.0, 30.0


@dataclass
class Child:
    name: str
    run: Callable[[], None]
    pid: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = 0


def supervise(*children: Child) -> int:
    """Until SIGTERM, SIGINT or SIGHUP; then the children drain. Gives the exit code."""
    gc.collect()
    gc.freeze()
    signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    while True:
        now = time.monotonic()
        for child in children:
            if not child.pid and child.start_at <= now:
                _start(child)
        came = signal.sigtimedwait(_WATCHED, _pause(children))
        if came is not None and came.si_signo != signal.SIGCHLD:
            return _drain(children)
        _bury(children)


def _pause(children: tuple[Child, ...]) -> float:
    """Until the next child is due again; an hour when all run."""
    due = [child.start_at - time.monotonic() for child in children if not child.pid]
    return max(0.01, min(due, default=3600.0))


def _start(child: Child) -> None:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    child.started_at = time.monotonic()
    child.pid = os.fork()
    if child.pid:
        return
    code = 1
    try:
        _die_with(parent, child.name)
        for number in _WATCHED - {signal.SIGCHLD}:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
        child.run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with(parent: int, name: str) -> None:
    """SIGTERM for this process when its parent is gone, even by kill -9. `ps` and `top` show the name."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NAME, f"parvis-{name}".encode())
    libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:
        os._exit(1)


def _bury(children: tuple[Child, ...]) -> None:
    for child in children:
        if not child.pid:
            continue
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if not pid:
            continue
        lived = time.monotonic() - child.started_at
        child.failures = 0 if lived > _HEALTHY else child.failures + 1
        pause = 0.0 if child.failures <= 1 else min(_LONGEST_PAUSE, 0.5 * 2 ** (child.failures - 2))
        log.error("%s ended (%s); it starts again in %.1f s", child.name, os.waitstatus_to_exitcode(status), pause)
        child.pid, child.start_at = 0, time.monotonic() + pause


def _drain(children: tuple[Child, ...]) -> int:
    """Asks all to end, waits, and kills what does not. 0 when nothing had to be killed."""
    living = [child for child in children if child.pid]
    for child in living:
        os.kill(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + _DRAIN
    while living and time.monotonic() < deadline:
        living = [child for child in living if not os.waitpid(child.pid, os.WNOHANG)[0]]
        if living:
            signal.sigtimedwait({signal.SIGCHLD}, 0.1)
    for child in living:
        log.error("%s did not end in time", child.name)
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
    return 1 if living else 0
