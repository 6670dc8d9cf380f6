"""Facts about reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reported:
    report_id: int
    contribution_id: int
    audience_id: int


@dataclass(frozen=True)
class ReportDecided:
    contribution_id: int
    audience_id: int
    decision: str
    by_id: int


@dataclass(frozen=True)
class Removed:
    contribution_id: int
    audience_id: int
    author_id: int
    by_id: int
