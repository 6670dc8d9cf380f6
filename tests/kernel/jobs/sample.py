"""Jobs for the tests: they write down that they began and ended, and may take their time."""

import os
import time
from pathlib import Path

from django.db import transaction

from parvis.kernel.audiences.models import Audience
from parvis.kernel.jobs.actions import enqueue
from parvis.kernel.jobs.registry import GiveUp, job


@job()
def note(*, path: str, word: str, seconds: float = 0) -> None:
    write(path, f"begin {word} {os.getpid()}")
    time.sleep(seconds)
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


def write_and_ask(path: str, count: int) -> None:
    """As a page does: the row and the job that follows from it, in one transaction, then the acknowledgement."""
    for _ in range(count):
        with transaction.atomic():
            row = Audience.objects.create(kind="named_set")
            enqueue(note, path=path + ".jobs", word=str(row.pk), key=f"row:{row.pk}")
        write(path, str(row.pk))
