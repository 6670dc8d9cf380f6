"""Measuring what the machine's noise lets one measure: CPU of a process, interleaved pairs, medians with ranges."""

import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

PAIRS = 7


def cpu_seconds(pid: int) -> float:
    """User and system time of one process and its threads, to the nanosecond (`stat` counts in hundredths of a
    second). Raises OSError when it is gone."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(path.read_text().split()[0]) for path in tasks) / 1e9


def pss_kib(pid: int) -> int:
    """Proportional memory of one process: shared pages are shared out."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


@dataclass(frozen=True)
class Spread:
    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))

    def rounded(self, digits: int = 3) -> list[float]:
        return [round(self.least, digits), round(self.median, digits), round(self.most, digits)]


def pairs(measured: Callable[[], float], floor: Callable[[], float], count: int = PAIRS) -> tuple[Spread, Spread]:
    """Interleaved, so that both meet the same noise; the order alternates. (measured, floor)"""
    found: tuple[list[float], list[float]] = ([], [])
    for n in range(count):
        for which in (0, 1) if n % 2 else (1, 0):
            found[which].append((measured, floor)[which]())
    return Spread.of(found[0]), Spread.of(found[1])


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def where_and_when() -> dict[str, Any]:
    """The three keys of every result: database, machine, date."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0]}"
        else:
            cursor.execute("SELECT sqlite_version()")
            database = f"SQLite {cursor.fetchone()[0]}"
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return {
        "database": database,
        "machine": f"{os.cpu_count()} × {model}, Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
    }
