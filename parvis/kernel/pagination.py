"""Keyset pages: a cursor names the last row shown, so page 5,000 costs what page 1 costs and nothing shifts."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

Row = TypeVar("Row")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORMAT = ">qq"


@dataclass(frozen=True)
class Cursor:
    """The place after one row, in lists ordered by a time then an id, newest first."""

    at: datetime
    id: int

    def __str__(self) -> str:
        micros = (self.at - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(struct.pack(_FORMAT, micros, self.id)).decode().rstrip("=")

    @classmethod
    def read(cls, text: str | None) -> "Cursor | None":
        """The cursor of a query string; None for none, and for one that nobody could have been given."""
        if not text:
            return None
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            micros, row_id = struct.unpack(_FORMAT, raw)
            return cls(_EPOCH + timedelta(microseconds=micros), row_id)
        except (binascii.Error, struct.error, ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    next_cursor: Cursor | None
