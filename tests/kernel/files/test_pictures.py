"""A picture keeps its pixels and nothing else, stands upright, and cannot harm who decodes it."""

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files import shelf
from parvis.kernel.files.actions import store
from parvis.kernel.files.models import File
from parvis.kernel.files.queries import thumbnail_of
from parvis.kernel.files.refusals import Refused

pytestmark = pytest.mark.django_db
MEDIA = Path(__file__).parents[4] / "shared/data/media"
published = pytest.mark.skipif(not MEDIA.exists(), reason="the published pictures are not on this machine")


def keep_picture(content: bytes, **wishes) -> File:
    return store(content, name="photo", owner=None, audience_id=company_audience_id(), **wishes)


def content_of(file: File) -> bytes:
    with shelf.opened(file.blob.sha256) as opened:
        return opened.read()


def read(file: File) -> Image.Image:
    return Image.open(io.BytesIO(content_of(file)))


def made(size=(40, 20), mode="RGB", kind="JPEG", colour: object = "red", **options) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind, **options)
    return written.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def huge_png(side: int) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * (side + 1) * 2000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_where_and_when_a_photo_was_taken_is_forgotten_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Appareil de Bruno"
    exif.get_ifd(0x8825)[2] = (47.0, 16.0, 12.0)
    file = keep_picture(made(exif=exif, comment=b"secret"))

    kept = read(file)
    assert kept.size == (20, 40)
    assert (file.blob.width, file.blob.height) == (20, 40)
    assert not kept.getexif()
    assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(kept.info)


def test_what_hides_behind_a_picture_does_not_come_in():
    file = keep_picture(made() + b"PK\x03\x04<script>alert(1)</script>")

    assert b"<script>" not in content_of(file)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (made(kind="PNG"), "image/png"),
        (made(kind="PNG", mode="RGBA", colour=(1, 2, 3, 0)), "image/png"),
        (made(kind="WEBP"), "image/webp"),
        (made(kind="GIF"), "image/png"),
        (made(kind="BMP"), "image/jpeg"),
        (made(kind="TIFF"), "image/jpeg"),
        (made(kind="AVIF"), "image/webp"),
        (made(kind="JPEG", mode="CMYK", colour=0), "image/jpeg"),
        (made(kind="PNG", mode="I;16", colour=40_000), "image/png"),
        (made(kind="PNG", mode="P", colour=3), "image/png"),
    ],
    ids=["png", "png-alpha", "webp", "gif", "bmp", "tiff", "avif", "cmyk", "16-bit", "palette"],
)
def test_every_usual_format_becomes_one_that_browsers_show(content, media_type):
    assert keep_picture(content).blob.media_type == media_type


def test_a_moving_picture_still_moves():
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=120)

    kept = read(keep_picture(written.getvalue()))
    assert (kept.format, kept.n_frames) == ("WEBP", 3)


def test_smaller_pictures_are_made_once_and_the_right_one_is_given():
    file = keep_picture(made(size=(800, 600)), sides=(96, 256, 2000))

    assert sorted(file.blob.thumbnails.values_list("side", flat=True)) == [96, 256]
    assert (thumbnail_of(file, 80).width, thumbnail_of(file, 80).height) == (96, 72)
    assert thumbnail_of(file, 97).width == 256
    assert thumbnail_of(file, 500) == file.blob
    again = keep_picture(made(size=(800, 600)), sides=(96, 256))
    assert again.blob.thumbnails.count() == 2


def test_a_face_is_cut_to_a_square():
    file = keep_picture(made(size=(300, 500)), sides=(96,), square=True)

    assert read(file).size == (300, 300)
    assert thumbnail_of(file, 96).width == thumbnail_of(file, 96).height == 96


def test_the_same_photo_sent_twice_is_kept_once():
    assert keep_picture(made()).blob == keep_picture(made()).blob


@pytest.mark.parametrize("content", [made()[:300], b"\xff\xd8\xff garbage", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_picture_is_refused_in_words(content):
    with pytest.raises(Refused, match="abîmée"):
        keep_picture(content)


def test_a_picture_that_unpacks_to_gigabytes_is_refused_quickly():
    began = time.monotonic()
    with pytest.raises(Refused, match="trop grande"):
        keep_picture(huge_png(60_000))
    assert time.monotonic() - began < 5


def test_where_a_picture_is_wanted_nothing_else_is_taken():
    with pytest.raises(Refused, match="n’est pas une image"):
        keep_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>", only_pictures=True)


def test_a_photo_that_cannot_be_made_bare_is_refused_in_words():
    with pytest.raises(Refused, match="JPEG"):
        keep_picture(b"\0\0\0\x20ftypheic\0\0\0\0")


@published
@pytest.mark.parametrize(
    "name",
    ["jpg/exif_gps.jpg", "jpg/DSCN0025.jpg", "jpg/landscape_8.jpg", "jpg/multiple_exif.jpg",
     "webp/hopper_orientation_5.webp", "tif/16bit.cropped.tif", "avif/rot1mir0.avif", "bmp/pal8rletrns.bmp"],
)  # fmt: skip
def test_published_photos_come_in_bare(name):
    kept = read(keep_picture((MEDIA / name).read_bytes()))

    assert not kept.getexif()
    assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(kept.info)


@published
@pytest.mark.parametrize(
    "name",
    ["gif/decompression_bomb.gif", "gif/decompression_bomb_extents.gif", "gif/zero_width.gif", "bmp/reallybig.bmp",
     "tif/crash-1185209cf7655b5aed8ae5e77784dfdd18ab59e9.tif"],
)  # fmt: skip
def test_published_bombs_are_refused_or_small_without_harm(name):
    try:
        kept = keep_picture((MEDIA / name).read_bytes())
    except Refused:
        return
    assert kept.blob.width * kept.blob.height <= 50_000_000
