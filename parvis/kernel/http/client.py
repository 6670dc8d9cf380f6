"""`fetch`: one request to the outside, bounded in time, size and redirections."""

import time
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import httpcore
import httpx

from parvis.kernel.http.guard import Guard, GuardedTransport, Refused, Resolve, by_name_server

_REDIRECTIONS = 5
_IDENTITY = {"", "identity"}


class Failed(Exception):
    """The other side did not answer, answered nonsense, too much or too slowly. It may work later."""


@dataclass(frozen=True)
class Answer:
    """`url` is where the redirections ended; `headers` have lower-case names."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    max_bytes: int = 5 * 1024 * 1024,
    seconds: float = 15,
    allow: Collection[str] = (),
    resolve: Resolve = by_name_server,
) -> Answer:
    """The answer, whatever its status. `seconds` bounds the whole of it, name servers aside.

    Raises Refused for an address this installation does not speak to (also after a redirection), and Failed.
    `allow` and `resolve` are for tests: see Guard.
    """
    transport = GuardedTransport(Guard(deadline=time.monotonic() + seconds, allow=allow, resolve=resolve))
    said = {"User-Agent": "Parvis", "Accept-Encoding": "identity", **(headers or {})}
    try:
        with (
            httpx.Client(
                transport=transport,
                trust_env=False,
                timeout=seconds,
                follow_redirects=True,
                max_redirects=_REDIRECTIONS,
            ) as client,
            client.stream(method, url, headers=said, content=content) as answer,
        ):
            body = _bounded(_decoded(answer), max_bytes)
            return Answer(answer.status_code, dict(answer.headers.items()), body, str(answer.url))
    except (
        httpx.HTTPError,
        httpx.InvalidURL,
        httpcore.NetworkError,
        httpcore.TimeoutException,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
        zlib.error,
        UnicodeError,
    ) as trouble:
        raise Failed(f"{type(trouble).__name__}: {trouble}"[:300]) from trouble


def _decoded(answer: httpx.Response) -> Iterator[bytes]:
    """The bytes, unpacked a little at a time where a server packs them unasked: a bomb meets the limit first."""
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if packing in _IDENTITY:
        yield from answer.iter_raw()
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise Failed(f"the answer is packed as {packing[:20]}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for raw in answer.iter_raw():
        while raw:
            yield unpacker.decompress(raw, 65536)
            raw = unpacker.unconsumed_tail


def _bounded(pieces: Iterator[bytes], most: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise Failed(f"the answer is longer than {most} bytes")
    return bytes(body)


__all__ = ["Answer", "Failed", "Refused", "fetch"]
