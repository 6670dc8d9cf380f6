"""A photo: framed, made safe, or refused in a sentence while the former one stays."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from parvis.kernel.files import shelf
from parvis.people import actions
from parvis.people.models import Person

As = Callable[[Person], Client]
PAGE = "/moi/photo/"
MEDIA = Path(__file__).parents[3] / "shared/data/media"
BOMBS = sorted(path for path in MEDIA.rglob("*bomb*") if path.is_file())
RED, GREEN = (220, 20, 20), (20, 160, 20)


@pytest.fixture(autouse=True)
def own_files(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    storages = {**settings.STORAGES}  # type: ignore[attr-defined]
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path), "base_url": None},
    }
    settings.STORAGES = storages  # type: ignore[attr-defined]


def named(content: bytes, name: str = "moi.jpg") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def saved(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **how)
    return made.getvalue()


def halves(width: int = 600, height: int = 300) -> Image.Image:
    """Red at left, green at right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height))
    return picture


def photo_of(person: Person) -> Image.Image:
    file = Person.objects.get(pk=person.pk).photo
    assert file is not None
    with shelf.opened(file.blob.sha256) as content:
        return Image.open(io.BytesIO(content.read()))


def is_near(picture: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = picture.convert("RGB").getpixel(at)
    return all(abs(one - other) < 40 for one, other in zip(found, colour, strict=True))  # type: ignore[arg-type]


def test_the_square_that_was_framed_is_kept(as_: As, amina: Person) -> None:
    sent = {"photo": named(saved(halves())), "x": "350", "y": "20", "side": "200"}
    assert as_(amina).post(PAGE, sent)["Location"] == "/moi/profil/"
    kept = photo_of(amina)
    assert kept.size == (200, 200)
    assert is_near(kept, (2, 100), GREEN)
    assert is_near(kept, (197, 100), GREEN)


def test_the_frame_is_that_of_the_picture_as_it_stands_upright(as_: As, amina: Person) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side: the camera was turned
    sent = {"photo": named(saved(halves(), exif=exif)), "x": "0", "y": "0", "side": "250"}
    as_(amina).post(PAGE, sent)
    kept = photo_of(amina)
    assert kept.size == (250, 250)
    assert is_near(kept, (125, 2), RED)
    assert is_near(kept, (125, 247), RED)


@pytest.mark.parametrize(
    ("frame", "size"),
    [
        ({}, 300),
        ({"x": "0", "y": "0"}, 300),
        ({"x": "-1", "y": "0", "side": "10"}, 300),
        ({"x": "0", "y": "0", "side": "0"}, 300),
        ({"x": "1e3", "y": "٣", "side": "x" * 5000}, 300),
        ({"x": "999999", "y": "999999", "side": "999999"}, 300),
        ({"x": "590", "y": "290", "side": "50"}, 50),
    ],
)
def test_a_frame_that_is_none_is_the_middle_or_what_fits(
    as_: As, amina: Person, frame: dict[str, str], size: int
) -> None:
    assert as_(amina).post(PAGE, {"photo": named(saved(halves())), **frame}).status_code == 302
    assert photo_of(amina).size == (size, size)


def test_where_it_was_taken_is_gone(as_: As, amina: Person) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "chez moi"
    assert as_(amina).post(PAGE, {"photo": named(saved(halves(), exif=exif))}).status_code == 302
    kept = photo_of(amina)
    assert not dict(kept.getexif())


@pytest.mark.parametrize("kind", ["CMYK", "L", "1", "P"])
def test_a_picture_of_printers_or_without_colour_becomes_one_that_browsers_show(
    as_: As, amina: Person, kind: str
) -> None:
    picture = halves().convert(kind)
    content = saved(picture, "JPEG" if kind in ("CMYK", "L") else "PNG")
    assert as_(amina).post(PAGE, {"photo": named(content)}).status_code == 302
    assert photo_of(amina).mode in ("RGB", "RGBA")


def test_of_a_moving_picture_the_first_moment_is_kept(as_: As, amina: Person) -> None:
    frames = [Image.new("RGB", (300, 300), colour) for colour in (RED, GREEN)]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert as_(amina).post(PAGE, {"photo": named(content, "moi.gif")}).status_code == 302
    kept = photo_of(amina)
    assert getattr(kept, "n_frames", 1) == 1
    assert is_near(kept, (150, 150), RED)


@pytest.fixture
def before(amina: Person) -> int:
    """The photo that Amina has already."""
    actions.change_photo(person=amina, content=saved(halves()), name="avant.jpg")
    return Person.objects.get(pk=amina.pk).photo_id or 0


def huge() -> bytes:
    return saved(Image.new("1", (12_000, 12_000)), "PNG")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: b"\xff\xd8\xff" + b"\0" * (60 * 1024 * 1024), "dépasse la limite de 40"),
        (huge, "trop grande"),
        (lambda: saved(halves())[:900], "abîmée ou incomplète"),
        (lambda: b"%PDF-1.7 moi", "n’est pas une image"),
        (lambda: b"MZ\x90\0" * 100, "n’est pas une image"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "n’est pas une image"),
        (lambda: b"", "vide"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_the_former_photo_stays(
    as_: As, amina: Person, before: int, content: Callable[[], bytes], sentence: str
) -> None:
    answer = as_(amina).post(PAGE, {"photo": named(content())})
    page = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert answer.status_code == 422
    assert sentence in page
    assert "Votre photo actuelle n’a pas changé." in page
    assert Person.objects.get(pk=amina.pk).photo_id == before
    assert photo_of(amina).size == (300, 300)


@pytest.mark.skipif(not BOMBS, reason="the folder of hostile pictures is not beside the project")
@pytest.mark.parametrize("path", BOMBS, ids=lambda path: path.name)
def test_a_bomb_is_refused_or_tamed(as_: As, amina: Person, before: int, path: Path) -> None:
    cache.clear()
    answer = as_(amina).post(PAGE, {"photo": named(path.read_bytes(), path.name)})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert Person.objects.get(pk=amina.pk).photo_id == before


def test_the_page_shows_the_way_without_a_script(as_: As, amina: Person, before: int) -> None:
    page = as_(amina).get(PAGE).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "<photo-crop" in page
    assert "Retirer" in page
