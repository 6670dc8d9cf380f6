"""The one door of `parvis serve`: static files, whole bodies in, files out, and Django in threads for the rest.

Headers of the inside never come in from outside, nor go out: names with `_` (WSGI would read them as the same name
with `-`), what proxies say (uvicorn has already applied it if the proxy is trusted), and the one that names a file.
"""

import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from wsgiref.types import WSGIApplication

from django.conf import settings

from parvis.kernel.serve import spool
from parvis.kernel.serve.asgi import Headers, Receive, Scope, Send, header
from parvis.kernel.serve.bodies import Bodies
from parvis.kernel.serve.bridge import Answer, Bridge
from parvis.kernel.serve.refusals import refuse
from parvis.kernel.serve.sendfile import HEADER, door_sends_files
from parvis.kernel.serve.static import StaticFiles
from parvis.kernel.serve.streaming import send_file, send_pieces

log = logging.getLogger("parvis.serve")
MOST_AT_ONCE = 1000
_FILE = HEADER.lower().encode()
_OF_PROXIES = (b"x-forwarded-", b"x-real-ip", b"forwarded", b"proxy", b"x-accel-", _FILE)


class Door:
    def __init__(
        self,
        django: WSGIApplication,
        *,
        beside: Callable[[], AbstractAsyncContextManager[None]] | None = None,
    ) -> None:
        """`beside`: what lives on the same loop for as long as the door is open (the hub)."""
        folder = Path(settings.PARVIS_DATA, "tmp")
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._disk = ThreadPoolExecutor(4, thread_name_prefix="disk")
        self._bodies = Bodies(folder, self._disk)
        self._bridge = Bridge(django, folder)
        self._static = StaticFiles(Path(settings.STATIC_ROOT), settings.STATIC_URL, self._disk)
        self._beside = beside
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        async with AsyncExitStack() as stack:
            await receive()
            if self._beside is not None:
                await stack.enter_async_context(self._beside())
            await send({"type": "lifespan.startup.complete"})
            await receive()
        self._bridge.close()
        self._bodies.close()
        self._disk.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._static.owns(scope["path"]):
            await self._static(scope, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if _may_come_in(name)]
        with ExitStack() as held:
            body: tuple[IO[bytes], int] | None = io.BytesIO(), 0
            if spool.has_body(headers):
                body = await self._bodies.take_in(scope, receive, send, headers, held)
            if body is not None:
                await self._serve_page(scope, send, headers, *body, held)

    async def _serve_page(
        self, scope: Scope, send: Send, headers: Headers, body: IO[bytes], size: int, held: ExitStack
    ) -> None:
        if self.under_way >= MOST_AT_ONCE:
            await refuse(scope, send, 503)
            return
        self.under_way += 1
        try:
            door_sends_files.set(True)
            given = await self._bridge.call(scope, headers, body, size)
            held.close()
            await self._give(scope, send, given)
        finally:
            self.under_way -= 1

    async def _give(self, scope: Scope, send: Send, given: Answer) -> None:
        path = header(given.headers, _FILE)
        headers = [(name, value) for name, value in given.headers if name != _FILE]
        if path is not None:
            try:
                file = open(unquote(path.decode()), "rb")  # noqa: SIM115 - not every OSError below is about opening
            except OSError:
                log.exception("a file that a page named cannot be read")
                await refuse(scope, send, 404)
                return
            with file:
                await send_file(scope, send, file, self._disk, headers, given.status)
            return
        rest = given.rest.seek(0, io.SEEK_END) if given.rest else 0
        if given.status >= 200 and given.status not in (204, 304) and header(headers, b"content-length") is None:
            headers.append((b"content-length", str(len(given.body) + rest).encode()))
        await send({"type": "http.response.start", "status": given.status, "headers": headers})
        await send({"type": "http.response.body", "body": given.body, "more_body": given.rest is not None})
        if given.rest is not None:
            with given.rest:
                await send_pieces(send, given.rest, self._disk, 0, rest)


def _may_come_in(name: bytes) -> bool:
    return b"_" not in name and not name.startswith(_OF_PROXIES)
