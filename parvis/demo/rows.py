"""Many rows at once, in statements that both engines take."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
# SQLite takes at most 32,766 parameters a statement.
CHUNK = 400


def insert(rows: Iterable[Row]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=CHUNK)
