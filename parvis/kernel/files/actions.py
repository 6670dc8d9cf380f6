"""Taking a file in: received, known by its bytes, made safe, then put in place with its rows."""

import errno
import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import structlog
from django.conf import settings
from django.db import transaction

from parvis.kernel.files import shelf
from parvis.kernel.files.models import Blob, File, Thumbnail
from parvis.kernel.files.pictures import Picture, Square, rewrite
from parvis.kernel.files.refusals import refusal
from parvis.kernel.files.sniffing import PICTURES, UNDRAWABLE, sniff

Content = bytes | IO[bytes] | Any
_PIECE = 256 * 1024
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_log = structlog.get_logger()


@dataclass(frozen=True)
class Received:
    """A file that is whole and safe, waiting in a folder of its own for its rows."""

    name: str
    main: "Piece"
    smaller: Sequence["Piece"] = ()


@dataclass(frozen=True)
class Piece:
    path: Path
    sha256: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None
    side: int = 0


def store(content: Content, *, name: str, owner: Any, audience_id: int, **wishes: Any) -> File:
    """Keeps a file for its audience. `content`: bytes, an open file, or an upload. `wishes`: see `received`.

    Receiving and decoding take a while: outside a transaction, or use `received` before it and `keep` within.
    Raises Refused (a ValidationError) with a reason in words; then nothing is kept.
    """
    with received(content, name=name, **wishes) as whole:
        return keep(whole, owner=owner, audience_id=audience_id)


@contextmanager
def received(
    content: Content,
    *,
    name: str,
    most_bytes: int | None = None,
    sides: Sequence[int] = (),
    square: Square = False,
    only_pictures: bool = False,
) -> Iterator[Received]:
    """Reads a file to the disk and makes it safe; touches no row. Leaving the block drops what was not kept.

    `sides`: smaller pictures to make, by their longest side; `square`: cut to a square (faces): see `rewrite`.
    """
    try:
        with shelf.workbench() as folder:
            yield _receive(content, folder, name, most_bytes, sides, square, only_pictures)
    except OSError as trouble:
        if trouble.errno in _NO_ROOM:
            _log.error("disk_full", folder=str(shelf.incoming()))
            raise refusal("disk_full") from trouble
        raise


@transaction.atomic
def keep(whole: Received, *, owner: Any, audience_id: int) -> File:
    """The rows of a received file, and its bytes in their place."""
    blob = _keep_piece(whole.main)
    for piece in whole.smaller:
        smaller = _keep_piece(piece)
        Thumbnail.objects.get_or_create(original=blob, side=piece.side, defaults={"blob": smaller})
    return File.objects.create(blob=blob, audience_id=audience_id, name=whole.name, owner=owner)


def _receive(
    content: Content,
    folder: Path,
    name: str,
    most_bytes: int | None,
    sides: Sequence[int],
    square: Square,
    only_pictures: bool,
) -> Received:
    raw = folder / "raw"
    size = _copy(content, raw, most_bytes or settings.PARVIS_MAX_UPLOAD_MB * 1024 * 1024)
    if not size:
        raise refusal("empty")
    media_type = sniff(raw)
    if media_type in UNDRAWABLE:
        raise refusal("no_browser_shows")
    if only_pictures and media_type not in PICTURES:
        raise refusal("not_a_picture")
    if media_type in PICTURES:
        main, *smaller = rewrite(raw, folder, sides=sides, square=square)
        whole = Received(_clean(name), _piece_of(main), [_piece_of(picture) for picture in smaller])
    else:
        whole = Received(_clean(name), Piece(raw, _hash(raw), size, media_type))
    for piece in (whole.main, *whole.smaller):
        shelf.settle(piece.path)
        if shelf.on_disk() is None:
            shelf.put(piece.sha256, piece.path)  # a network store is not waited for in a transaction
    return whole


def _copy(content: Content, path: Path, most: int) -> int:
    size = 0
    with path.open("wb") as file:
        for piece in _pieces(content):
            size += len(piece)
            if size > most:
                raise refusal("too_heavy", most_bytes=most)
            file.write(piece)
    return size


def _pieces(content: Content) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return [content]
    if hasattr(content, "chunks"):  # an upload of Django
        chunks: Iterable[bytes] = content.chunks()
        return chunks
    return iter(lambda: content.read(_PIECE), b"")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _piece_of(picture: Picture) -> Piece:
    return Piece(
        picture.path,
        _hash(picture.path),
        picture.path.stat().st_size,
        picture.media_type,
        picture.width,
        picture.height,
        picture.side,
    )


def _keep_piece(piece: Piece) -> Blob:
    blob, _ = Blob.objects.select_for_update().get_or_create(
        sha256=piece.sha256,
        defaults={
            "size": piece.size, "media_type": piece.media_type, "width": piece.width, "height": piece.height
        },
    )  # fmt: skip
    # Under the write lock, as the sweep is: a file is never swept between this look and the commit.
    if shelf.on_disk() is not None and not shelf.has(piece.sha256):
        shelf.put(piece.sha256, piece.path)
    return blob


def _clean(name: str) -> str:
    """The last part of a file's name, without control characters, in at most 255."""
    last = os.path.basename(name.replace("\\", "/"))
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if dot and len(ending) <= 16:
        return f"{stem[: 254 - len(ending)]}.{ending}" if stem else shown
    return shown[:255] or "fichier"
