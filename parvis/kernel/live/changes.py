"""Writing down what changed, and reading it back: the part of live that is a table."""

from datetime import timedelta
from functools import partial

from django.db import connection, models, transaction
from django.utils import timezone

from parvis.kernel.live.models import Change
from parvis.kernel.live.signals import RECHECK, Signal, wake

KEPT = timedelta(hours=1)


def note(topic: str, *, version: int, counts: dict[str, int] | None = None, author: int | None = None) -> None:
    """Writes the change in the caller's transaction (one INSERT) and wakes the hub once it is committed.

    `topic`: "c:12"; `version`: what pages compare; `counts`: all the figures a card shows at that version;
    `author`: for `a:` topics only, so that a browser is not told of its own reader's publication.
    """
    change = Change.objects.create(topic=topic, version=version)
    signal = Signal(topic, version, counts, author, change.pk)
    transaction.on_commit(partial(wake.send, signal), robust=True)


def note_recheck(person_id: int | None) -> None:
    """The live connections of this person (everybody's, when None) are looked at again once this is committed."""
    note(f"{RECHECK}:{person_id or ''}", version=0)


def newest_change() -> int:
    return Change.objects.aggregate(newest=models.Max("pk"))["newest"] or 0


def changes_since(change_id: int, most: int = 5000) -> list[Signal]:
    """Oldest first."""
    rows = Change.objects.filter(pk__gt=change_id).order_by("pk").values_list("pk", "topic", "version")
    return [Signal(topic, version, change=pk) for pk, topic, version in rows[:most]]


def ids_may_commit_out_of_order() -> bool:
    """SQLite has one writer at a time; on PostgreSQL a lower id may become visible after a higher one."""
    return bool(connection.vendor != "sqlite")


def old_changes() -> "models.QuerySet[Change]":
    """What may be deleted: a hub that was away longer than that is caught up by its browsers' versions."""
    return Change.objects.filter(noted_at__lt=timezone.now() - KEPT)
