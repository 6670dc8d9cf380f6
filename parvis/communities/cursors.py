"""The place after one row in a list ordered by a rank, a folded name, then an id."""

import base64
import binascii
import json
from dataclasses import dataclass

from django.db.models import Q

# Longer than any cursor we give: more is not read.
_LONGEST = 1200


@dataclass(frozen=True)
class NameCursor:
    rank: str
    name: str
    id: int

    def __str__(self) -> str:
        raw = json.dumps([self.rank, self.name, self.id]).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def read(cls, text: str | None) -> "NameCursor | None":
        """The cursor of a query string; None for none, and for one that nobody could have been given."""
        if not text or len(text) > _LONGEST:
            return None
        try:
            given = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, ValueError, RecursionError):
            return None
        match given:
            case [str(rank), str(name), int(row_id)] if abs(row_id) < 2**62 and "\0" not in rank + name:
                return cls(rank, name, row_id)
        return None

    def after(self, *, rank: str, name: str, row: str) -> Q:
        """The rows that follow, given the names of the three columns."""
        same_rank = Q(**{rank: self.rank})
        return (
            Q(**{f"{rank}__gt": self.rank})
            | same_rank & Q(**{f"{name}__gt": self.name})
            | same_rank & Q(**{name: self.name, f"{row}__gt": self.id})
        )
