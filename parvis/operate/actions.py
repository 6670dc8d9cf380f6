"""Backing up a network while it serves, and restoring it into an empty folder."""

import io
import os
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from parvis import __version__
from parvis.kernel.files import shelf
from parvis.kernel.files.jobs import nothing_swept
from parvis.kernel.serve.lock import AlreadyServed, take_the_folder
from parvis.operate import archive, snapshot
from parvis.operate.archive import Entry, Manifest
from parvis.operate.models import Backup
from parvis.operate.snapshot import Impossible

# What a start leaves in a data folder before anything was written.
_NOTHING_YET = {"secret-key", "run", "mail", "serve.lock", "files.lock", "files", "parvis.sqlite3-turn"}


@dataclass(frozen=True)
class Restored:
    version: str
    made_at: str
    file_count: int
    has_secret_key: bool
    damaged: list[str]


def make_backup(target: Path) -> tuple[Backup, list[str]]:
    """Writes an archive of the database, the secret key and the files. Gives its record and the damaged files.

    The database is that of one instant; files never change under their name, and none is swept meanwhile.
    Raises Impossible in words, and OSError; then no archive is left.
    """
    compression = archive.compression_of(target.name)
    if compression is None:
        raise Impossible(_("Donnez à la sauvegarde un nom en .tar ou en .tar.gz."))
    if target.exists():
        raise Impossible(_("%(name)s existe déjà : rien n’a été écrasé.") % {"name": target})
    began, draft = time.monotonic(), target.with_name(f".{target.name}.part")
    try:
        with (
            nothing_swept(),
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".parvis-") as folder,
            snapshot.taken(Path(folder)) as taken,
        ):
            count, damaged = _write(draft, taken, compression)
        os.replace(draft, target)
        shelf.settle(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    made = Backup.objects.create(
        name=target.name[:255],
        size=target.stat().st_size,
        file_count=count,
        damaged_count=len(damaged),
        seconds=time.monotonic() - began,
    )
    return made, damaged


def _write(draft: Path, taken: snapshot.Snapshot, compression: str) -> tuple[int, list[str]]:
    present = [(sha256, size) for sha256, size in taken.files if shelf.size_of(sha256) == size]
    damaged = sorted({sha256 for sha256, _size in taken.files} - {sha256 for sha256, _size in present})
    key = settings.PARVIS_DATA / archive.SECRET_KEY
    manifest = Manifest(
        version=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=taken.engine,
        database=_entry(taken.path, taken.path.name),
        secret_key=_entry(key, archive.SECRET_KEY) if _is_kept_in(key) else None,
        files=[Entry(f"files/{sha256}", size, sha256) for sha256, size in present],
    )
    with open(draft, "xb", opener=archive.for_us_alone) as file:
        with archive.Writer(file, compression) as writer:
            _add_bytes(writer, archive.MANIFEST, manifest.as_json())
            _add_path(writer, manifest.database, taken.path)
            if manifest.secret_key:
                _add_path(writer, manifest.secret_key, key)
            for entry in manifest.files:
                with shelf.opened(entry.sha256) as content:
                    if writer.add(entry.name, content, entry.size) != entry.sha256:
                        damaged.append(entry.sha256)
        file.flush()
        os.fsync(file.fileno())
    return len(present), damaged


def restore(source: Path, *, without_damaged: bool = False) -> Restored:
    """Makes this installation the network of an archive. Raises Impossible in words; then nothing was changed.

    `without_damaged`: leaves out files whose bytes changed in the archive instead of refusing it.
    """
    try:
        lock = take_the_folder(settings.PARVIS_DATA)
    except AlreadyServed as served:
        raise Impossible(_("Arrêtez d’abord « parvis serve » : il sert ce dossier.")) from served
    try:
        _must_be_empty()
        with (
            tempfile.TemporaryDirectory(dir=settings.PARVIS_DATA, prefix=".restore-") as folder,
            source.open("rb") as file,
        ):
            return _unpack(file, Path(folder), without_damaged)
    except archive.Broken as broken:
        raise Impossible(_("Cette sauvegarde ne peut pas être reprise : %(why)s.") % {"why": broken}) from broken
    finally:
        os.close(lock)


def _must_be_empty() -> None:
    left = sorted(path.name for path in settings.PARVIS_DATA.iterdir() if path.name not in _NOTHING_YET)
    root = shelf.on_disk()
    if left or not snapshot.is_empty() or (root and any(root.glob("??/??/*"))):
        raise Impossible(
            _("Le dossier %(folder)s ou sa base de données n’est pas vide. Une sauvegarde se reprend dans une "
              "installation neuve : choisissez un autre PARVIS_DATA.")
            % {"folder": settings.PARVIS_DATA}
        )  # fmt: skip


def _unpack(file: IO[bytes], folder: Path, without_damaged: bool) -> Restored:
    """Everything is read and verified beside its place; only then is it put there, the database last."""
    entries = archive.read(file)
    manifest = next(entries)
    assert isinstance(manifest, Manifest)
    if manifest.engine != ("sqlite" if snapshot.is_sqlite() else "postgresql"):
        raise Impossible(
            _("Cette sauvegarde vient de %(engine)s : reprenez-la avec le même moteur (voyez DATABASE_URL).")
            % {"engine": manifest.engine}
        )
    (folder / "files").mkdir()
    files = set(manifest.files)
    for read in entries:
        assert not isinstance(read, Manifest)
        entry, content = read
        try:
            archive.copy(content, folder / entry.name, entry)
        except archive.Damaged:
            if not without_damaged or entry not in files:
                raise
            files.remove(entry)
    database = folder / manifest.database.name
    if snapshot.is_sqlite() and not snapshot.check(database):
        raise archive.Broken("its database is damaged")

    for entry in files:
        staged = folder / entry.name
        shelf.settle(staged)
        shelf.put(entry.sha256, staged)
    if manifest.secret_key:
        os.replace(folder / archive.SECRET_KEY, settings.PARVIS_DATA / archive.SECRET_KEY)
    shelf.settle(database)
    snapshot.load(database)
    shelf.settle(settings.PARVIS_DATA)
    return Restored(
        manifest.version,
        manifest.made_at,
        len(files),
        manifest.secret_key is not None,
        sorted(entry.sha256 for entry in set(manifest.files) - files),
    )


def _is_kept_in(key: Path) -> bool:
    """Whether the secret key is the one of the data folder; one of the environment is kept elsewhere by its owner."""
    return key.exists() and key.read_text().strip() == settings.SECRET_KEY


def _add_path(writer: archive.Writer, entry: Entry, path: Path) -> None:
    with path.open("rb") as file:
        writer.add(entry.name, file, entry.size)


def _add_bytes(writer: archive.Writer, name: str, content: bytes) -> None:
    writer.add(name, io.BytesIO(content), len(content))


def _entry(path: Path, name: str) -> Entry:
    return Entry(name, path.stat().st_size, archive.sha256_of(path))
