"""Django's synchronous application, called in threads with a body that is already here.

Its answer is taken in whole too (1 MB in memory, the rest on disk), so that no slow reader ever holds a thread and
every generator is closed; one crossing between loop and thread an answer, where a2wsgi makes one a piece.
"""

import asyncio
import contextvars
import io
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from parvis.kernel.serve.asgi import Headers, Scope

THREADS = 12
# Bytes of an answer.
IN_MEMORY = 1024 * 1024


@dataclass
class Answer:
    status: int
    headers: Headers
    # The first part, in memory; what exceeds it is in `rest`.
    body: bytes
    rest: IO[bytes] | None = None


class Bridge:
    def __init__(self, application: WSGIApplication, folder: Path, threads: int | None = None) -> None:
        self._application, self._folder = application, folder
        self._threads = ThreadPoolExecutor(threads or THREADS, thread_name_prefix="page")

    async def call(self, scope: Scope, headers: Headers, body: IO[bytes], size: int) -> Answer:
        """Raises what the application raises, which for Django is nothing: it answers 500 itself."""
        environ = _environ(scope, headers, body, size)
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, context.run, self._call, environ)

    def _call(self, environ: dict[str, Any]) -> Answer:
        answer = Answer(500, [], b"")

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            answer.status = int(status[:3])
            answer.headers = [
                (name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers
            ]

        pieces = self._application(environ, start_response)
        try:
            if isinstance(pieces, list) and len(pieces) == 1:
                answer.body = pieces[0]
                return answer
            start = io.BytesIO()
            for piece in pieces:
                if answer.rest is None and start.tell() + len(piece) > IN_MEMORY:
                    answer.rest = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - the door closes it
                (answer.rest or start).write(piece)
            answer.body = start.getvalue()
        except BaseException:
            if answer.rest is not None:
                answer.rest.close()
            raise
        finally:
            if (close := getattr(pieces, "close", None)) is not None:
                close()
        if answer.rest is not None:
            answer.rest.seek(0)
        return answer

    def close(self) -> None:
        """Waits for the pages under way."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _environ(scope: Scope, headers: Headers, body: IO[bytes], size: int) -> dict[str, Any]:
    """PEP 3333: text is bytes read as Latin-1."""
    server_name, server_port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server_name,
        "SERVER_PORT": str(server_port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "CONTENT_LENGTH": str(size) if size else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers:
        if name == b"content-length":
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key != "CONTENT_TYPE":
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        environ[key] = text
    return environ
