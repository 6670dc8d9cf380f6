"""An archive that somebody changed, cut or invented is refused, and nothing of it is written."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from parvis.kernel.settings import storage_from
from parvis.operate import archive
from parvis.operate.actions import make_backup, restore
from parvis.operate.archive import Entry, Manifest
from parvis.operate.snapshot import Impossible

Members = list[tuple[tarfile.TarInfo, bytes]]
_CONTENT = b"bonjour"
_NEW = "files/" + "0" * 64


@pytest.fixture
def twin(tmp_path: Path, settings, monkeypatch) -> Path:
    """An installation with nothing in it."""
    if connection.vendor != "sqlite":
        pytest.skip("the archives of these tests hold a SQLite database")
    folder = tmp_path / "twin"
    folder.mkdir()
    settings.PARVIS_DATA = folder
    settings.STORAGES = {**settings.STORAGES, "default": storage_from("", folder)}
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(folder / "parvis.sqlite3"))
    return folder


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A small archive, as `backup` writes it."""
    file = sqlite3.connect(tmp_path / "small.sqlite3")
    file.execute("CREATE TABLE people (name)")
    file.close()
    database = (tmp_path / "small.sqlite3").read_bytes()
    manifest = Manifest(
        version="0.1.0",
        made_at="2026-11-21T18:00:00+00:00",
        engine="sqlite",
        database=entry("database.sqlite3", database),
        secret_key=entry("secret-key", b"s3cret"),
        files=[entry(f"files/{hashlib.sha256(_CONTENT).hexdigest()}", _CONTENT)],
    )
    parts = [(archive.MANIFEST, manifest.as_json()), ("database.sqlite3", database), ("secret-key", b"s3cret")]
    with (tmp_path / "copie.tar").open("wb") as target, archive.Writer(target, "") as writer:
        for name, content in [*parts, (manifest.files[0].name, _CONTENT)]:
            writer.add(name, io.BytesIO(content), len(content))
    return tmp_path / "copie.tar"


def entry(name: str, content: bytes) -> Entry:
    return Entry(name, len(content), hashlib.sha256(content).hexdigest())


def rewritten(sound: Path, change: Callable[[Members], Members]) -> Path:
    with tarfile.open(sound) as tar:
        found = [(member, (tar.extractfile(member) or io.BytesIO()).read()) for member in tar]
    target = sound.with_name("autre.tar")
    with tarfile.open(target, "w") as tar:
        for member, content in change(found):
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target


def named(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    return member


def announcing(found: Members, name: str) -> Members:
    """The manifest announces the intruder too."""
    manifest = json.loads(found[0][1])
    manifest["files"].append({"name": name, "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()})
    return [(found[0][0], json.dumps(manifest).encode()), *found[1:]]


CHANGES: dict[str, tuple[Callable[[Members], Members], str]] = {
    "no manifest": (lambda found: found[1:], "does not begin"),
    "a name that leads out": (lambda found: [*announcing(found, "../../x"), (named("../../x"), b"x")], "does not"),
    "an absolute name": (lambda found: [*announcing(found, "/tmp/x"), (named("/tmp/x"), b"x")], "does not"),
    "something not announced": (lambda found: [*found, (named(_NEW), b"x")], "does not"),
    "a link": (lambda found: [*announcing(found, _NEW), (named(_NEW, tarfile.SYMTYPE), b"")], "does not"),
    "twice the same": (lambda found: [*found, found[-1]], "does not"),
    "a byte changed": (lambda found: [*found[:-1], (found[-1][0], b"B" + found[-1][1][1:])], "is not what"),
    "a file longer": (lambda found: [*found[:-1], (found[-1][0], found[-1][1] + b"!")], "another size"),
    "a file missing": (lambda found: found[:-1], "missing"),
    "a newer format": (lambda f: [(f[0][0], f[0][1].replace(b'"format": 1', b'"format": 2')), *f[1:]], "newer"),
    "a manifest of nothing": (lambda found: [(found[0][0], b"{}"), *found[1:]], "manifest"),
}


def refused(path: Path, twin: Path, why: str) -> None:
    with pytest.raises(Impossible, match=why):
        restore(path)
    assert {left.name for left in twin.rglob("*")} <= {"serve.lock"}


def test_a_sound_archive_is_put_in_its_place(sound: Path, twin: Path):
    done = restore(sound)

    sha256 = hashlib.sha256(_CONTENT).hexdigest()
    assert (done.file_count, done.has_secret_key, done.damaged) == (1, True, [])
    assert (twin / "files" / sha256[:2] / sha256[2:4] / sha256).read_bytes() == _CONTENT
    assert (twin / "secret-key").read_text() == "s3cret"
    assert (twin / "secret-key").stat().st_mode & 0o077 == 0
    assert (twin / "parvis.sqlite3").exists()


@pytest.mark.parametrize(("change", "why"), CHANGES.values(), ids=CHANGES.keys())
def test_an_archive_that_somebody_changed_is_refused_and_nothing_is_written(sound: Path, twin: Path, change, why: str):
    refused(rewritten(sound, change), twin, why)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else", b"\x1f\x8b\x08 no"])
def test_what_is_no_archive_is_refused(twin: Path, tmp_path: Path, content: bytes):
    (tmp_path / "not.tar").write_bytes(content)
    refused(tmp_path / "not.tar", twin, "ne peut pas être reprise")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_half_an_archive_is_refused(sound: Path, twin: Path, pack):
    whole = pack(sound.read_bytes())
    sound.write_bytes(whole[: len(whole) // 2])
    refused(sound, twin, "ne peut pas être reprise")


def test_a_damaged_database_is_refused(sound: Path, twin: Path):
    def spoil(found: Members) -> Members:
        manifest, content = json.loads(found[0][1]), b"SQLite format 3\0" + b"!" * 5000
        manifest["database"].update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
        return [(found[0][0], json.dumps(manifest).encode()), (found[1][0], content), *found[2:]]

    refused(rewritten(sound, spoil), twin, "ne peut pas être reprise")


def test_one_damaged_file_can_be_left_out(sound: Path, twin: Path):
    done = restore(rewritten(sound, CHANGES["a byte changed"][0]), without_damaged=True)

    assert done.damaged == [hashlib.sha256(_CONTENT).hexdigest()]
    assert (twin / "parvis.sqlite3").exists()


def test_an_archive_of_the_other_engine_is_refused_in_words(sound: Path, twin: Path):
    def foreign(found: Members) -> Members:
        return [(found[0][0], found[0][1].replace(b'"sqlite"', b'"postgresql"')), *found[1:]]

    refused(rewritten(sound, foreign), twin, "DATABASE_URL")


def test_nothing_is_restored_into_a_folder_where_something_is(sound: Path, twin: Path):
    (twin / "parvis.sqlite3").touch()
    with pytest.raises(Impossible, match="pas vide"):
        restore(sound)


def test_a_backup_wants_a_name_it_understands(twin: Path, tmp_path: Path):
    with pytest.raises(Impossible, match=r"\.tar\.gz"):
        make_backup(tmp_path / "copie.zip")
