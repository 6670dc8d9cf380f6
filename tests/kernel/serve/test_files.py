"""What goes out: files with their ranges, large answers, static files, and readers who stall."""

import contextlib
import os
from pathlib import Path

import pytest
from django.http import FileResponse

from parvis.kernel.serve.sendfile import file_response
from tests.kernel.serve.conftest import Application
from tests.kernel.serve.test_bodies import ask, raw


@pytest.fixture
def letters(folder: Path) -> Path:
    path = folder / "letters"
    path.write_bytes(b"abcdefghij")
    return path


def test_a_file_goes_out_whole_with_its_name_and_without_its_path(port: int, letters: Path):
    answer = ask(port, "GET", "/file/letters")
    assert (answer.status, answer.content) == (200, b"abcdefghij")
    assert answer.headers["Content-Length"] == "10"
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Content-Disposition"] == "inline; filename*=utf-8''%C3%A9t%C3%A9.txt"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "X-Parvis-File" not in answer.headers


@pytest.mark.parametrize(
    ("wanted", "status", "body", "said"),
    [
        ("bytes=2-4", 206, b"cde", "bytes 2-4/10"),
        ("bytes=7-", 206, b"hij", "bytes 7-9/10"),
        ("bytes=-2", 206, b"ij", "bytes 8-9/10"),
        ("bytes=-99", 206, b"abcdefghij", "bytes 0-9/10"),
        ("bytes=0-999", 206, b"abcdefghij", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=4-2", 200, b"abcdefghij", None),
        ("bytes=1-2,4-5", 200, b"abcdefghij", None),
        ("bytes=-", 200, b"abcdefghij", None),
        ("lines=1-2", 200, b"abcdefghij", None),
    ],
)
def test_ranges(port: int, letters: Path, wanted: str, status: int, body: bytes, said: str | None):
    answer = ask(port, "GET", "/file/letters", Range=wanted)
    assert (answer.status, answer.content, answer.headers["Content-Range"]) == (status, body, said)


def test_a_range_of_an_older_version_gets_the_whole(port: int, letters: Path):
    tag = ask(port, "GET", "/file/letters").headers["ETag"]
    assert ask(port, "GET", "/file/letters", Range="bytes=0-1", If__Range=tag).status == 206
    assert ask(port, "GET", "/file/letters", Range="bytes=0-1", If__Range='"older"').content == b"abcdefghij"


def test_what_the_browser_has_is_not_sent_again(port: int, letters: Path):
    first = ask(port, "GET", "/file/letters")
    again = ask(port, "GET", "/file/letters", If__None__Match=f'"other", {first.headers["ETag"]}')
    assert (again.status, again.content) == (304, b"")
    assert ask(port, "GET", "/file/letters", If__Modified__Since=first.headers["Last-Modified"]).status == 304


def test_head_says_the_size_and_sends_nothing(port: int, letters: Path):
    answer = ask(port, "HEAD", "/file/letters")
    assert (answer.status, answer.headers["Content-Length"], answer.content) == (200, "10", b"")


def test_an_empty_file_and_one_that_went_away(port: int, letters: Path):
    letters.write_bytes(b"")
    assert ask(port, "GET", "/file/letters").content == b""
    letters.unlink()
    refusal = ask(port, "GET", "/file/letters")
    assert refusal.status == 404
    assert "n’est plus là" in refusal.content.decode()


def test_readers_who_stall_keep_nobody_waiting(port: int, folder: Path):
    (folder / "film").write_bytes(b"x" * 20_000_000)
    with contextlib.ExitStack() as stack:
        for path in ["/file/film", "/large/"] * 10:
            end = stack.enter_context(raw(port, f"GET {path} HTTP/1.1\nHost: x\n\n"))
            assert end.recv(10) == b"HTTP/1.1 2"
        assert ask(port, "GET", "/hello/").content == b"hello"


def test_a_large_answer_arrives_whole(port: int):
    answer = ask(port, "GET", "/large/")
    assert (len(answer.content), answer.headers["Content-Length"]) == (8_000_000, "8000000")


def test_a_page_that_breaks_in_the_middle_is_an_error_and_not_half_a_page(port: int):
    assert ask(port, "GET", "/breaks/").status == 500


def test_static_files_are_kept_for_ever_when_their_name_changes_with_them(port: int):
    hashed = ask(port, "GET", "/static/assets/main-B2x_9aQz.css")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.headers["Content-Type"] == "text/css; charset=utf-8"
    assert ask(port, "GET", "/static/robots.txt").headers["Cache-Control"] == "public, max-age=60"


def test_static_files_go_out_packed_to_those_who_unpack(port: int):
    packed = ask(port, "GET", "/static/assets/main-B2x_9aQz.css", Accept__Encoding="gzip, deflate")
    assert (packed.content, packed.headers["Content-Encoding"]) == (b"packed", "gzip")
    assert packed.headers["Content-Type"] == "text/css; charset=utf-8"
    plain = ask(port, "GET", "/static/assets/main-B2x_9aQz.css", Accept__Encoding="identity")
    assert plain.content == b"body{}" * 100


def test_a_new_build_is_served_without_a_restart(port: int, folder: Path):
    static = folder / "static"
    for each in (static / "assets", static):
        os.utime(each, (1, 1))
    assert ask(port, "GET", "/static/robots.txt").status == 200, "the list is of a build that is long over"

    (static / "assets" / "main-C3y_0bRa.css").write_text("main{}")
    assert ask(port, "GET", "/static/assets/main-C3y_0bRa.css").content == b"main{}"
    (static / "assets" / "main-C3y_0bRa.css.gz").write_bytes(b"packed later")
    packed = ask(port, "GET", "/static/assets/main-C3y_0bRa.css", Accept__Encoding="gzip")
    assert packed.content == b"packed later"

    (static / "assets" / "main-C3y_0bRa.css").unlink()
    assert ask(port, "GET", "/static/assets/main-C3y_0bRa.css").status == 404
    (static / "fonts").mkdir()
    (static / "fonts" / "a.woff2").write_bytes(b"a")
    assert ask(port, "GET", "/static/fonts/a.woff2").status == 200


def test_a_build_that_took_files_away_is_no_error(port: int, folder: Path):
    static = folder / "static"
    (static / "old.js").write_text("old")
    for each in (static / "assets", static):
        os.utime(each, (1, 1))
    assert ask(port, "GET", "/static/old.js").status == 200
    (static / "old.js").unlink()
    assert ask(port, "GET", "/static/old.js").status == 404


@pytest.mark.parametrize("path", ["nothing.js", "../letters", "%2e%2e/letters", "assets", "", "assets/../../letters"])
def test_static_files_are_those_of_the_build_only(port: int, letters: Path, path: str):
    assert ask(port, "GET", f"/static/{path}").status == 404


def test_static_files_are_only_read(port: int):
    assert ask(port, "POST", "/static/robots.txt").status == 405


def test_pages_answer_while_all_threads_are_taken(port: int, application: Application):
    with raw(port, "GET /slow/ HTTP/1.1\nHost: x\n\n"), raw(port, "GET /slow/ HTTP/1.1\nHost: x\n\n"):
        assert ask(port, "GET", "/static/robots.txt").status == 200
        application.waits.set()
        assert ask(port, "GET", "/hello/").status == 200


@pytest.mark.django_db
def test_elsewhere_django_sends_the_file_itself(letters: Path):
    answer = file_response(letters, media_type="text/plain", filename="a.txt", etag="abc")
    assert isinstance(answer, FileResponse)
    with contextlib.closing(answer):
        assert b"".join(answer) == b"abcdefghij"
    assert answer["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert answer["ETag"] == '"abc"'


def test_behind_nginx_it_is_told_where_the_file_is(letters: Path, settings):
    settings.PARVIS_DATA, settings.PARVIS_ACCEL = letters.parent, "/_files/"
    answer = file_response(letters, media_type="text/plain", filename="a.txt")
    assert answer["X-Accel-Redirect"] == "/_files/letters"
