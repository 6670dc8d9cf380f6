"""Facts about imports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DirectoryImported:
    source_id: int
    created: int
    updated: int
    left: int
    refused: int
