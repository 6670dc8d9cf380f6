"""The archive of a backup: a tar of a manifest, the database, the secret key and each file under its hash.

The manifest comes first and names everything with its size and SHA-256, so that a restore checks while it reads.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST, SECRET_KEY = "manifest.json", "secret-key"
_FILE = re.compile(r"^files/([0-9a-f]{64})$")
_PIECE = 1024 * 1024
_MOST_MANIFEST = 512 * 1024 * 1024


class Broken(Exception):
    """The archive is not one of ours, or not whole. `str()` says what is wrong, for a log."""


class Damaged(Broken):
    """One entry's bytes are not those that the manifest announced."""


@dataclass(frozen=True)
class Entry:
    """`name` in the archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    version: str
    made_at: str
    engine: str
    database: Entry
    secret_key: Entry | None
    files: list[Entry] = field(default_factory=list)
    format: int = FORMAT

    def entries(self) -> dict[str, Entry]:
        others = [self.database, *([self.secret_key] if self.secret_key else []), *self.files]
        return {entry.name: entry for entry in others}

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        try:
            said: dict[str, Any] = json.loads(text)
            if said["format"] > FORMAT:
                raise Broken(f"made by a newer version ({said['version']})")
            database, key = Entry(**said.pop("database")), said.pop("secret_key")
            files = [Entry(**entry) for entry in said.pop("files")]
            return cls(database=database, secret_key=Entry(**key) if key else None, files=files, **said)
        except (ValueError, KeyError, TypeError) as trouble:
            raise Broken(f"its manifest cannot be read ({type(trouble).__name__})") from trouble


def compression_of(name: str) -> str | None:
    """How an archive of this name is packed: "" not at all, "gz"; None for a name that says neither."""
    if name.endswith((".tar.gz", ".tgz")):
        return "gz"
    return "" if name.endswith(".tar") else None


class Writer:
    """Adds entries one after the other to an open file; nothing is held in memory."""

    def __init__(self, target: IO[bytes], compression: str) -> None:
        self._packed = gzip.GzipFile(fileobj=target, mode="wb", compresslevel=3) if compression else None
        self._tar = tarfile.open(fileobj=self._packed or target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._tar.close()
            if self._packed:
                self._packed.close()

    def add(self, name: str, content: IO[bytes], size: int) -> str:
        """Gives the SHA-256 of what was written. Raises OSError when the content is shorter than `size`."""
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        hashed = _Hashed(content)
        self._tar.addfile(about, hashed)
        return hashed.sha256


def read(source: IO[bytes]) -> Iterator[tuple[Entry, IO[bytes]] | Manifest]:
    """The manifest, then each entry with its bytes. Raises Broken at anything the manifest does not announce:
    another name, twice the same, a link, another size, or an end before everything came.
    """
    try:
        with tarfile.open(fileobj=source, mode="r|*") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST or not first.isreg() or first.size > _MOST_MANIFEST:
                raise Broken("it does not begin with a manifest")
            manifest = Manifest.read(_content(tar, first).read())
            expected = manifest.entries()
            yield manifest
            while member := tar.next():
                entry = expected.pop(member.name, None)
                if entry is None or not member.isreg() or not may_be_named(entry.name):
                    raise Broken(f"it holds what its manifest does not: {member.name[:80]!r}")
                if member.size != entry.size:
                    raise Broken(f"{entry.name} has another size than its manifest says")
                yield entry, _content(tar, member)
    except (tarfile.TarError, EOFError, OSError, ValueError) as trouble:
        if isinstance(trouble, OSError) and trouble.errno:
            raise
        raise Broken(f"it cannot be read to its end ({trouble})") from trouble
    if expected:
        raise Broken(f"{len(expected)} of its files are missing, {next(iter(expected))} first")


def may_be_named(name: str) -> bool:
    """Whether an entry's name is one of ours: nothing else is ever written to the disk."""
    return name in {"database.sqlite3", "database.pgdump", SECRET_KEY} or bool(_FILE.match(name))


def copy(content: IO[bytes], target: Path, entry: Entry) -> None:
    """Writes an entry's bytes to a new file, which stays only if they are the announced ones. Raises Damaged."""
    hashed = hashlib.sha256()
    with open(target, "xb", opener=for_us_alone) as file:
        while piece := content.read(_PIECE):
            hashed.update(piece)
            file.write(piece)
    if hashed.hexdigest() != entry.sha256:
        target.unlink()
        raise Damaged(f"{entry.name} is not what its manifest says")


def for_us_alone(path: str, flags: int) -> int:
    """An `opener`: what a network holds is nobody else's on this machine."""
    return os.open(path, flags, 0o600)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise Broken(f"{member.name[:80]!r} has no content")
    return content


class _Hashed(io.RawIOBase):
    def __init__(self, content: IO[bytes]) -> None:
        self._content, self._hash = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self._hash.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()
