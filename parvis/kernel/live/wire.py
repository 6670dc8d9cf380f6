"""WebSocket frames (RFC 6455): what a server needs that speaks much and hears little, without compression.

A frame is encoded once and the same bytes are written to every socket, which no library's connection object offers.
"""

from collections.abc import Iterator

from websockets.frames import Close
from websockets.utils import apply_mask

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
CONTINUATION = 0x0
# A message of a few kilobytes comes in one frame; nobody honest cuts it into more than these.
MOST_PIECES = 64
KNOWN = frozenset({CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG})


class BadFrame(Exception):
    """What arrived breaks the protocol or a limit; `code` is the close code to answer."""

    def __init__(self, code: int) -> None:
        self.code = code


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One unmasked, final frame."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, size))
    elif size < 65536:
        head = bytes((0x80 | opcode, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 127)) + size.to_bytes(8, "big")
    return head + payload


def closing(code: int, reason: str = "") -> bytes:
    return frame(Close(code, reason).serialize(), CLOSE)


class Reader:
    """Puts the frames of one client together again: `feed` bytes, get `(opcode, payload)` of whole messages."""

    __slots__ = ("_buffer", "_limit", "_message", "_opcode", "_pieces")

    def __init__(self, limit: int) -> None:
        """`limit`: the most bytes a message may have."""
        self._limit = limit
        self._buffer = b""
        self._message: bytes | None = None
        self._opcode = self._pieces = 0

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Raises BadFrame."""
        self._buffer = self._buffer + data if self._buffer else data
        while (taken := self._take()) is not None:
            is_final, opcode, payload = taken
            if opcode >= CLOSE:
                yield opcode, payload
                continue
            if (opcode == CONTINUATION) != (self._message is not None):
                raise BadFrame(1002)
            if self._message is None:
                self._opcode, self._message, self._pieces = opcode, payload, 1
            else:
                self._message += payload
                self._pieces += 1
            if len(self._message) > self._limit or self._pieces > MOST_PIECES:
                raise BadFrame(1009)
            if is_final:
                message, self._message = self._message, None
                yield self._opcode, message

    def _take(self) -> tuple[bool, int, bytes] | None:
        """The next whole frame, unmasked, or None as long as some of it is missing."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        first, second = buffer[0], buffer[1]
        is_final, opcode, size, start = bool(first & 0x80), first & 0x0F, second & 0x7F, 2
        if first & 0x70 or opcode not in KNOWN or not second & 0x80:
            raise BadFrame(1002)
        if opcode >= CLOSE and (size > 125 or not is_final):
            raise BadFrame(1002)
        if size >= 126:
            start = 4 if size == 126 else 10
            if len(buffer) < start:
                return None
            size = int.from_bytes(buffer[2:start], "big")
        if size > self._limit:
            raise BadFrame(1009)
        end = start + 4 + size
        if len(buffer) < end:
            return None
        self._buffer = buffer[end:]
        return is_final, opcode, apply_mask(buffer[start + 4 : end], buffer[start : start + 4])
