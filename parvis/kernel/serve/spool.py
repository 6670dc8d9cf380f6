"""Request bodies are taken in whole before Django sees them, so that a slow upload never holds a thread.

64 KB stay in memory, the rest goes to a nameless file of the data folder. A body that is cut short, or that only
trickles in, is dropped.
"""

import asyncio
import io
import tempfile
from concurrent.futures import Executor
from pathlib import Path
from typing import IO

from parvis.kernel.serve.asgi import Headers, Receive, header
from parvis.kernel.serve.room import Place

# Bytes of one body, as long as all of them together leave memory (room.py), and when they do not.
IN_MEMORY, LITTLE = 64 * 1024, 4 * 1024
# Seconds between two pieces of a body; a client that is slower than that has gone.
PATIENCE = 30.0
# Bytes a second that a body has on the whole, the first PATIENCE aside, because it takes a place meanwhile (room.py).
SLOWEST = 4096


class TooLarge(Exception):
    """The body is larger than the limit."""


class CutShort(Exception):
    """The client left before the end, or fell silent."""


class NoRoom(Exception):
    """The disk is full."""


def has_body(headers: Headers) -> bool:
    return header(headers, b"content-length") not in (None, b"0") or header(headers, b"transfer-encoding") is not None


async def taken_in(
    headers: Headers, receive: Receive, *, limit: int, place: Place, folder: Path, disk: Executor
) -> tuple[IO[bytes], int]:
    """The body as a file at its start, which the caller closes, and its size, at most `limit` bytes.

    Raises TooLarge (at once when the size is announced), CutShort, NoRoom, or NoPlace.
    """
    announced = header(headers, b"content-length")
    if announced is not None and int(announced) > limit:
        raise TooLarge
    file: IO[bytes] | None = None
    try:
        loop = asyncio.get_running_loop()
        waiting = bytearray()
        size = 0
        more, began = True, loop.time()
        while more:
            left = began + PATIENCE + size / SLOWEST - loop.time()
            piece, more = await _next(receive, min(PATIENCE, left))
            size += len(piece)
            if size > limit:
                raise TooLarge
            place.grow(len(piece))
            waiting += piece
            if len(waiting) > (IN_MEMORY if place.may_stay_in_memory else LITTLE) or (file and not more):
                file = file or tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it outlives this function
                await loop.run_in_executor(disk, file.write, waiting)
                place.went_to_disk()
                waiting = bytearray()
        if announced is not None and size != int(announced):
            raise CutShort
        body = file or io.BytesIO(waiting)
        body.seek(0)
    except BaseException as error:
        if file is not None:
            file.close()
        if isinstance(error, OSError):
            raise NoRoom from error
        raise
    return body, size


async def _next(receive: Receive, patience: float) -> tuple[bytes, bool]:
    try:
        message = await asyncio.wait_for(receive(), patience)
    except TimeoutError:
        raise CutShort from None
    if message["type"] == "http.disconnect":
        raise CutShort
    return message.get("body", b""), message.get("more_body", False)


async def let_it_finish(receive: Receive, *, most_bytes: int, seconds: float = 20.0) -> None:
    """Throws the rest of a refused body away, because a browser reads the answer only once it has sent all."""
    try:
        async with asyncio.timeout(seconds):
            more = True
            while more and most_bytes > 0:
                piece, more = await _next(receive, PATIENCE)
                most_bytes -= len(piece)
    except (TimeoutError, CutShort):
        pass
