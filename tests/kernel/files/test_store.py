"""A file is kept once by its content, known by its bytes, whole or not at all."""

import errno
import hashlib
import io
import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from django.http import Http404

from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files import shelf
from parvis.kernel.files.actions import keep, received, store
from parvis.kernel.files.jobs import nothing_swept, sweep_files
from parvis.kernel.files.models import Blob, File
from parvis.kernel.files.refusals import Refused
from parvis.kernel.files.views import send

pytestmark = pytest.mark.django_db


def keep_one(content, name="notes.txt", **wishes) -> File:
    return store(content, name=name, owner=None, audience_id=company_audience_id(), **wishes)


def on_shelf(data: Path) -> set[str]:
    return {path.name for path in (data / "files").glob("??/??/*")}


def age(data: Path) -> None:
    long_ago = time.time() - 3 * 24 * 3600
    for path in (data / "files").rglob("*"):
        os.utime(path, (long_ago, long_ago))
    Blob.objects.update(created_at="2020-01-01T00:00:00Z")


def office(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return made.getvalue()


def test_the_same_content_is_kept_once_under_its_hash(data: Path):
    first, second = keep_one(b"bonjour"), keep_one(io.BytesIO(b"bonjour"), name="autre.txt")

    sha256 = hashlib.sha256(b"bonjour").hexdigest()
    assert first.blob == second.blob
    assert (first.name, second.name) == ("notes.txt", "autre.txt")
    assert on_shelf(data) == {sha256}
    with shelf.opened(sha256) as opened:
        assert opened.read() == b"bonjour"


def test_what_comes_in_leaves_nothing_behind(data: Path):
    keep_one(b"bonjour")

    assert list((data / "files" / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"du texte, tout simplement \xc3\xa9crit", "text/plain"),
        (b"\xef\xbb\xbfAvec une marque", "text/plain"),
        (b"<!DOCTYPE html><p>une page", "text/html"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "text/xml"),
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"\xe9t\xe9 en Latin-1", "application/octet-stream"),
        (b"MZ\x90\0", "application/x-msdownload"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"PK\x03\x04 but not a zip", "application/octet-stream"),
        (office("[Content_Types].xml", "word/document.xml"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("a.txt"), "application/zip"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_are_whatever_its_name(content, media_type):
    assert keep_one(content, name="photo.jpg").blob.media_type == media_type


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\moi\\plan.pdf", "plan.pdf"), ("a\0b\nc.txt", "abc.txt"),
        ("", "fichier"), ("..", "fichier"), ("é" * 300 + ".pdf", "é" * 251 + ".pdf"), ("\u202egnp.exe", "gnp.exe"),
    ],
)  # fmt: skip
def test_a_name_cannot_lead_elsewhere(given, kept):
    assert keep_one(b"x", name=given).name == kept


def test_a_file_over_the_limit_is_refused_in_words_and_leaves_nothing(data: Path, settings):
    settings.PARVIS_MAX_UPLOAD_MB = 1
    with pytest.raises(Refused, match="limite de 1"):
        keep_one(b"x" * (1024 * 1024 + 1))

    assert on_shelf(data) == set()
    assert not File.objects.exists()


def test_an_empty_file_is_refused():
    with pytest.raises(Refused, match="vide"):
        keep_one(b"")


def test_a_transaction_that_fails_leaves_bytes_that_are_swept_the_next_day(data: Path):
    with received(b"perdu", name="x") as whole, transaction.atomic():
        keep(whole, owner=None, audience_id=company_audience_id())
        transaction.set_rollback(True)
    sweep_files()
    assert len(on_shelf(data)) == 1, "it may be about to get its rows"

    age(data)
    sweep_files()
    assert on_shelf(data) == set()


def test_bytes_are_swept_when_no_file_holds_them_any_more(data: Path):
    kept, gone = keep_one(b"reste"), keep_one(b"part")
    gone.delete()
    age(data)
    sweep_files()

    assert on_shelf(data) == {kept.blob.sha256}
    assert list(Blob.objects.all()) == [kept.blob]


def test_nothing_is_swept_while_a_backup_is_made(data: Path):
    keep_one(b"part").delete()
    age(data)
    with nothing_swept():
        sweep_files()

    assert len(on_shelf(data)) == 1


def test_a_disk_that_is_full_is_said_and_leaves_nothing_half_written(data: Path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)  # where file systems that write late say it
    with pytest.raises(Refused, match="plus de place"):
        keep_one(b"bonjour")

    assert on_shelf(data) == set()
    assert list((data / "files" / "incoming").iterdir()) == []
    assert not Blob.objects.exists()


def test_a_really_full_disk_too(tmp_path: Path, settings):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(small), "base_url": None}},
        }
        with pytest.raises(Refused, match="plus de place"):
            keep_one(os.urandom(200_000))
        assert keep_one(b"un petit mot").pk
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.parametrize(
    ("content", "media_type", "disposition"),
    [
        (b"bonjour", "text/plain; charset=utf-8", "inline"),
        (b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (b"<svg onload=alert(1)>", "application/octet-stream", "attachment"),
        (b"%PDF-1.7", "application/pdf", "attachment"),
    ],
)
def test_nothing_that_can_act_is_shown_as_a_page(content, media_type, disposition):
    answer = send(keep_one(content, name="été.txt"))

    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f"{disposition}; filename*=utf-8''%C3%A9t%C3%A9.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.close()


def test_a_store_on_the_network_keeps_gives_and_sweeps_alike(settings, django_capture_on_commit_callbacks):
    """S3's place is taken by Django's storage in memory: no path, no rename."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    first, second = keep_one(b"bonjour"), keep_one(b"bonjour")
    gone = keep_one(b"part")
    assert first.blob == second.blob
    answer = send(first)
    assert b"".join(answer.streaming_content) == b"bonjour"
    answer.close()

    gone.delete()
    Blob.objects.update(created_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        sweep_files()
    assert shelf.has(first.blob.sha256)
    assert not shelf.has(hashlib.sha256(b"part").hexdigest())


def test_a_file_whose_bytes_are_gone_is_not_found(data: Path):
    file = keep_one(b"bonjour")
    shelf.drop(file.blob.sha256)
    with pytest.raises(Http404):
        send(file)
