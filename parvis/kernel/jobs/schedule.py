"""The schedule: each turn of each `@every` asks for its job once, whatever the clocks and workers do."""

from datetime import datetime

from django.db import transaction

from parvis.kernel.jobs.actions import enqueue
from parvis.kernel.jobs.models import Slot
from parvis.kernel.jobs.registry import Turn, turns


class Schedule:
    def __init__(self) -> None:
        self._done: dict[str, str] = {}

    def look(self, now: datetime) -> None:
        """Asks for what is due. Costs nothing between turns: no query, no lock."""
        for turn in turns.values():
            slot = turn.slot(now)
            if self._done.get(turn.name) != slot:
                _take_turn(turn, slot)
                self._done[turn.name] = slot


def _take_turn(turn: Turn, slot: str) -> None:
    if Slot.objects.filter(name=turn.name, slot=slot).exists():
        return
    with transaction.atomic():
        _, is_first = Slot.objects.get_or_create(name=turn.name, slot=slot)
        if is_first:
            enqueue(turn.name, key=f"every:{turn.name}")
