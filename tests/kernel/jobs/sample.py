"""Jobs for the tests: they write down that they began and ended, and may take their time."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from parvis.kernel import events
from parvis.kernel.audiences.models import Audience
from parvis.kernel.jobs.actions import enqueue
from parvis.kernel.jobs.registry import GiveUp, job


@job()
def note(*, path: str, word: str, until: str = "") -> None:
    """`until`: the file for which it waits."""
    write(path, f"begin {word} {os.getpid()}")
    while until and not Path(until).exists():
        time.sleep(0.01)
    write(path, f"end {word} {os.getpid()}")


@job(lane="heavy")
def note_heavily(*, path: str, word: str) -> None:
    note(path=path, word=word)


@job(attempts=2)
def stumble(*, path: str) -> None:
    write(path, "stumble")
    raise RuntimeError("il pleut")


@job(forgets=True)
def whisper(*, secret: str) -> None:
    pass


@job()
def refuse() -> None:
    raise GiveUp("no such mailbox")


def write(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(line + "\n")


@dataclass(frozen=True)
class RowMade:
    row_id: int
    path: str
    dies: str


@events.with_write(RowMade)
def ask(event: RowMade) -> None:
    enqueue(note, path=event.path + ".jobs", word=str(event.row_id), key=f"row:{event.row_id}")
    if event.dies == "with_write":
        os.kill(os.getpid(), signal.SIGKILL)


@events.after_commit(RowMade)
def tell(event: RowMade) -> None:
    if event.dies == "after_commit":
        os.kill(os.getpid(), signal.SIGKILL)


def write_and_ask(path: str, count: int, dies: str = "") -> None:
    """As a page does: the row, its fact and the job that follows from it, then the acknowledgement.

    `dies`: the handler in which the process is killed.
    """
    for _ in range(count):
        with transaction.atomic():
            row = Audience.objects.create(kind="named_set")
            events.publish(RowMade(row.pk, path, dies))
        write(path, str(row.pk))
