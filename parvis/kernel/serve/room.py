"""How much the bodies under way may take of this process: all of them together, and those of one sender.

So a thousand hostile clients cost what stands here, and one of them leaves the others three quarters of it.
"""

from collections import Counter

MOST_BODIES = 1000
# Bytes that wait in memory, over all bodies; beyond, they go to the disk almost from the first.
IN_MEMORY = 32 * 1024 * 1024
# One sender has at most one part in so many.
PARTS = 4


class NoPlace(Exception):
    """As much is under way as may be, of everybody's or of this sender's; in a while there is room again."""


class Room:
    def __init__(self, most_bytes: int) -> None:
        """`most_bytes`: of all bodies, in memory and on the disk."""
        self.most_bytes = most_bytes
        self.in_memory = self.bytes = self.bodies = 0
        self.bytes_of: Counter[str] = Counter()
        self.bodies_of: Counter[str] = Counter()

    @property
    def has_memory(self) -> bool:
        return self.in_memory < IN_MEMORY


class Place:
    """What one body takes, until it is closed. On one event loop."""

    def __init__(self, room: Room, sender: str) -> None:
        """`sender`: a person or an address. Raises NoPlace."""
        if room.bodies >= MOST_BODIES or room.bodies_of[sender] >= MOST_BODIES // PARTS:
            raise NoPlace
        self._room, self._sender = room, sender
        self._bytes = self._in_memory = 0
        room.bodies += 1
        room.bodies_of[sender] += 1

    @property
    def may_stay_in_memory(self) -> bool:
        return self._room.has_memory

    def grow(self, size: int) -> None:
        """So many bytes more came, into memory. Raises NoPlace."""
        room = self._room
        self._take(size)
        self._take_memory(size)
        if room.bytes > room.most_bytes or room.bytes_of[self._sender] > room.most_bytes // PARTS:
            raise NoPlace

    def went_to_disk(self) -> None:
        """All that came is there."""
        self._take_memory(-self._in_memory)

    def close(self) -> None:
        room = self._room
        self._take_memory(-self._in_memory)
        self._take(-self._bytes)
        room.bodies -= 1
        room.bodies_of[self._sender] -= 1
        if not room.bodies_of[self._sender]:
            del room.bodies_of[self._sender], room.bytes_of[self._sender]

    def _take(self, size: int) -> None:
        self._bytes += size
        self._room.bytes += size
        self._room.bytes_of[self._sender] += size

    def _take_memory(self, size: int) -> None:
        self._in_memory += size
        self._room.in_memory += size
