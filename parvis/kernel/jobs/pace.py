"""Writing much without making anybody wait: short transactions with a breath between them."""

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction

Item = TypeVar("Item")

# A background transaction lasts at most 20 ms, then others have 5 ms to begin (ARCHITECTURE, measured).
_LONGEST, _BREATH = 0.020, 0.005


def in_short_writes(items: Sequence[Item], write: Callable[[Sequence[Item]], Any], *, first: int = 20) -> None:
    """Calls `write` with slices of `items`, each in a transaction; the slices grow or shrink to last about 10 ms."""
    size, at = first, 0
    while at < len(items):
        piece = items[at : at + size]
        began = time.perf_counter()
        with transaction.atomic():
            write(piece)
        lasted = time.perf_counter() - began
        at += len(piece)
        size = max(1, min(1000, int(size * min(2.0, _LONGEST / 2 / max(lasted, 0.0005)))))
        time.sleep(_BREATH)


def sweep(rows: "models.QuerySet[Any]", *, at_most: int = 100_000) -> int:
    """Deletes rows in short writes, oldest first. Gives how many."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:at_most])
    in_short_writes(ids, lambda some: rows.model._default_manager.filter(pk__in=some).delete())
    return len(ids)
