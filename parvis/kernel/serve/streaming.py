"""Files go from the disk in pieces of 256 KB, with ranges, by the event loop: a stalled reader costs a buffer."""

import asyncio
import os
import re
from concurrent.futures import Executor
from email.utils import formatdate
from typing import IO

from parvis.kernel.serve.asgi import Headers, Scope, Send, answer, header

PIECE = 256 * 1024
# Seconds in which a reader must take a piece.
PATIENCE = 120.0
_RANGE = re.compile(rb"bytes=([0-9]{0,19})-([0-9]{0,19})")


async def send_file(scope: Scope, send: Send, file: IO[bytes], disk: Executor, headers: Headers, status: int) -> None:
    """Answers GET or HEAD with the file, or the range of it that was asked. `headers` are the view's own.

    A name of the content (ETag) is made of the file's time and size if the view gave none.
    """
    about = os.fstat(file.fileno())
    size = about.st_size
    tag = header(headers, b"etag") or f'"{about.st_mtime_ns:x}-{size:x}"'.encode()
    stamp = formatdate(about.st_mtime, usegmt=True).encode()
    kept = [(name, value) for name, value in headers if name not in (b"content-length", b"etag", b"last-modified")]
    kept += [(b"etag", tag), (b"last-modified", stamp), (b"accept-ranges", b"bytes")]

    asked = scope["headers"]
    if _has_it_already(asked, tag, stamp):
        await send({"type": "http.response.start", "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    first, last = 0, size - 1
    if status == 200 and (wanted := header(asked, b"range")) and header(asked, b"if-range") in (None, tag, stamp):
        bounds = _bounds(wanted, size)
        if bounds is not None:
            first, last = bounds
            if first > last:
                await answer(send, 416, [(b"content-range", f"bytes */{size}".encode())])
                return
            status = 206
            kept.append((b"content-range", f"bytes {first}-{last}/{size}".encode()))
    kept.append((b"content-length", str(last - first + 1).encode()))
    await send({"type": "http.response.start", "status": status, "headers": kept})
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
        return
    await send_pieces(send, file, disk, first, last - first + 1)


async def send_pieces(send: Send, file: IO[bytes], disk: Executor, first: int, left: int) -> None:
    """Raises TimeoutError when the reader takes nothing for two minutes; the connection is then closed."""
    loop = asyncio.get_running_loop()
    while left:
        piece = await loop.run_in_executor(disk, os.pread, file.fileno(), min(PIECE, left), first)
        if not piece:  # the file was cut under us: closing early is the only honest end
            raise OSError("a file became shorter while it was sent")
        first += len(piece)
        left -= len(piece)
        await asyncio.wait_for(send({"type": "http.response.body", "body": piece, "more_body": True}), PATIENCE)
    await send({"type": "http.response.body", "body": b""})


def _has_it_already(asked: Headers, tag: bytes, stamp: bytes) -> bool:
    names = header(asked, b"if-none-match")
    if names is not None:
        return any(name.strip().removeprefix(b"W/") in (tag, b"*") for name in names.split(b","))
    return header(asked, b"if-modified-since") == stamp


def _bounds(wanted: bytes, size: int) -> tuple[int, int] | None:
    """First and last byte asked, first > last when there is nothing there; None to send the whole (several ranges)."""
    match = _RANGE.fullmatch(wanted.strip())
    if not match or match[0] == b"bytes=-":
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size - 1 if int(match[2]) else -1
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return None
    return (first, last) if first < size else (size, -1)
