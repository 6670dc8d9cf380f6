"""Styles, scripts and pictures, sent by the port itself: they never take a thread.

The folder is what the front-end build left, so the list of its files is read once, and again when somebody asks for a
name that is not on it and the folder has changed; a name that carries a hash is kept by browsers for ever.
"""

import mimetypes
import os
import re
import time
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
# Seconds in which a build may still write: what was listed in them is looked at again.
_SETTLES = 5.0
_PACKED = ((b"br", ".br"), (b"gzip", ".gz"))


class StaticFiles:
    def __init__(self, folder: Path, prefix: str, disk: Executor) -> None:
        self._folder, self._prefix, self._disk = folder, prefix, disk
        self._list()

    def _list(self) -> None:
        found = {self._folder: [], **{Path(root): names for root, _, names in os.walk(self._folder)}}
        self._files = {
            str((root / name).relative_to(self._folder)): root / name for root in found for name in found[root]
        }
        self._changed_at = {root: _changed_at(root) for root in found}
        self._is_settled = abs(time.time() - max(self._changed_at.values())) > _SETTLES

    def _is_old_for(self, name: str) -> bool:
        """Nothing is looked at for a name that is known, once the build is over."""
        if not self._is_settled:
            return True
        return name not in self._files and any(_changed_at(root) != at for root, at in self._changed_at.items())

    def owns(self, path: str) -> bool:
        return path.startswith(self._prefix)

    async def __call__(self, scope: Scope, send: Send) -> None:
        name = scope["path"].removeprefix(self._prefix)
        if self._is_old_for(name):
            self._list()
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
        try:
            file = open(path, "rb")  # noqa: SIM115 - not every OSError below is about opening
        except FileNotFoundError:  # a build took it away
            await answer(send, 404, [(b"content-type", b"text/plain")], b"Not found")
            return
        with file:
            await send_file(scope, send, file, self._disk, headers, 200)


def _changed_at(folder: Path) -> float:
    """When a name was last added to it or taken away; 0 for one that is gone."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _type_of(name: str) -> str:
    guessed = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
