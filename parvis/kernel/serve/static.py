"""Styles, scripts and pictures, sent by the port itself: they never take a thread.

The folder is what the front-end build left, so the list of its files is read once; a name that carries a hash is
kept by browsers for ever.
"""

import mimetypes
import re
from concurrent.futures import Executor
from pathlib import Path

from parvis.kernel.serve.asgi import Headers, Scope, Send, answer, header
from parvis.kernel.serve.streaming import send_file

_HASHED = re.compile(r"[-.](?=[\w-]*[0-9A-Z_])[\w-]{8,}\.\w+(\.map)?$")
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_FOR_EVER = b"public, max-age=31536000, immutable"
_PACKED = ((b"br", ".br"), (b"gzip", ".gz"))


class StaticFiles:
    def __init__(self, folder: Path, prefix: str, disk: Executor) -> None:
        self._prefix, self._disk = prefix, disk
        self._files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}

    def owns(self, path: str) -> bool:
        return path.startswith(self._prefix)

    async def __call__(self, scope: Scope, send: Send) -> None:
        name = scope["path"].removeprefix(self._prefix)
        path = self._files.get(name)
        if path is None:
            await answer(send, 404, [(b"content-type", b"text/plain")], b"Not found")
            return
        if scope["method"] not in ("GET", "HEAD"):
            await answer(send, 405, [(b"allow", b"GET, HEAD")])
            return
        headers: Headers = [
            (b"content-type", _type_of(name).encode()),
            (b"cache-control", _FOR_EVER if _HASHED.search(name) else b"public, max-age=60"),
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        taken = header(scope["headers"], b"accept-encoding") or b""
        for encoding, suffix in _PACKED:
            packed = self._files.get(name + suffix)
            if packed is not None and encoding in taken:
                path = packed
                headers += [(b"content-encoding", encoding), (b"vary", b"accept-encoding")]
                break
        with open(path, "rb") as file:
            await send_file(scope, send, file, self._disk, headers, 200)


def _type_of(name: str) -> str:
    guessed = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
