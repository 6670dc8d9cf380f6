"""How a community looks: a colour of its own that can be read by day and by night, its picture."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from parvis.communities.colours import (
    DAY,
    LEAST,
    NIGHT,
    contrast,
    contrasts_of,
    hue_of_colour,
    nearest_that_passes,
    oklch,
    read_colour,
)
from parvis.communities.looks import HUES
from parvis.communities.models import Community
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files.models import File
from parvis.people.models import Person
from tests.communities.scene import As
from tests.communities.test_front import change, front

STYLES = Path(__file__).parents[2] / "frontend/styles"
MEDIA = Path(__file__).parents[3] / "shared/data/media"


# --- Contrast -------------------------------------------------------------------------------------------------------


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#a3412a", "#a3412a") == 1


def test_the_grounds_are_those_of_the_sheet() -> None:
    assert f"--color-base-100: light-dark({DAY}, {NIGHT});" in (STYLES / "tokens.css").read_text()


@pytest.mark.parametrize("hue", [*HUES, *range(0, 360, 15)])
def test_every_hue_is_read_by_day_and_by_night(hue: int) -> None:
    """The lightness and chroma of faces.css and community.css, worked out."""
    tile = (STYLES / "faces.css").read_text().split(".tile {")[1].split("}")[0]
    hero = (STYLES / "community.css").read_text().split(".hero-t {")[1].split("}")[0]
    [ground, ink] = re.findall(r"light-dark\(oklch\(([\d.]+) ([\d.]+) .*?oklch\(([\d.]+) ([\d.]+) ", tile)
    [sign] = re.findall(r"light-dark\(oklch\(([\d.]+) ([\d.]+) .*?oklch\(([\d.]+) ([\d.]+) ", hero)

    def drawn(lightness: str, chroma: str) -> str:
        return oklch(float(lightness), float(chroma), hue)

    assert contrast(drawn(*ground[:2]), drawn(*ink[:2])) >= 4.5
    assert contrast(drawn(*ground[2:]), drawn(*ink[2:])) >= 4.5
    assert contrast(DAY, drawn(*sign[:2])) >= 4.5
    assert contrast(NIGHT, drawn(*sign[2:])) >= 4.5


@pytest.mark.parametrize(
    "colour", ["#ffff00", "#000000", "#ffffff", "#23407a", "#e2001a", "#9a9a9a", "#0000ff", "#00ff00", "#010101"]
)
def test_the_nearest_that_passes_passes_and_keeps_the_hue(colour: str) -> None:
    found = nearest_that_passes(colour)
    assert not contrasts_of(colour).passes
    assert contrasts_of(found).passes
    before, after = hue_of_colour(colour), hue_of_colour(found)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert min(abs(before - after), 360 - abs(before - after)) <= 6


def test_a_mid_grey_passes_only_where_it_can_be_read() -> None:
    passing = [n for n in range(256) if contrasts_of(f"#{n:02x}{n:02x}{n:02x}").passes]
    assert passing == list(range(passing[0], passing[-1] + 1))
    assert (0x77 in passing, 0x60 in passing, 0xA0 in passing) == (True, False, False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#23407A", "#23407a"),
        ("23407a", "#23407a"),
        ("#abc", "#aabbcc"),
        ("#12", None),
        ("red", None),
        ("#gggggg", None),
    ],
)
def test_colours_as_people_type_them(typed: str, read: str | None) -> None:
    assert read_colour(typed) == read


# --- A colour of one's own ------------------------------------------------------------------------------------------


def test_a_colour_of_its_own_shows_and_gives_its_tiles_its_hue(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    assert change(as_(chloe), lyon, colour="#5070AF").status_code == 302
    lyon.refresh_from_db()
    assert (lyon.colour, lyon.hue) == ("#5070af", hue_of_colour("#5070af"))
    assert "--own:#5070af" in front(as_(amina), lyon)
    assert change(as_(chloe), lyon, colour="", hue=150).status_code == 302
    assert "--own" not in front(as_(amina), lyon)


@pytest.mark.parametrize(("colour", "when"), [("#ffff00", "le blanc du jour"), ("#23407a", "la nuit")])
def test_what_cannot_be_read_is_refused_with_the_nearest_that_can(
    as_: As, chloe: Person, lyon: Community, colour: str, when: str
) -> None:
    answer = change(as_(chloe), lyon, colour=colour)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert when in page
    nearest = nearest_that_passes(colour)
    assert f'name="colour" value="{nearest}"' in page
    assert change(as_(chloe), lyon, colour=nearest).status_code == 302


@pytest.mark.parametrize("colour", ["#12", "rouge", "#12345g", "url(x)", "#777777;x:y", "<b>"])
def test_what_is_no_colour_is_refused(as_: As, chloe: Person, lyon: Community, colour: str) -> None:
    answer = change(as_(chloe), lyon, colour=colour)
    assert answer.status_code == 422
    assert "Écrivez une couleur comme #23407a" in answer.content.decode()
    lyon.refresh_from_db()
    assert lyon.colour == ""


def test_a_grey_leaves_its_tiles_their_hue(as_: As, chloe: Person, lyon: Community) -> None:
    change(as_(chloe), lyon, colour="#777777", hue=95)
    lyon.refresh_from_db()
    assert (lyon.colour, lyon.hue) == ("#777777", 95)


def test_the_least_is_what_wcag_asks_of_a_sign() -> None:
    assert LEAST == 3.0


# --- A picture ------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        }
    }


def drawing(size: tuple[int, int] = (1400, 500)) -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", size, "#a3412a").save(drawn, "PNG")
    drawn.seek(0)
    drawn.name = "bandeau.png"
    return drawn


def put(browser, community: Community):
    return browser.post(f"/communautes/{community.slug}/reglages/image/", {"picture": drawing()})


def sees(browser, community: Community) -> int:
    answer = browser.get(f"/communautes/{community.slug}/image/640/")
    status = answer.status_code
    answer.close()
    return status


def test_those_who_find_a_community_see_its_picture(
    as_: As, bruno: Person, chloe: Person, driss: Person, essais: Community
) -> None:
    assert put(as_(chloe), essais).status_code == 302
    essais.refresh_from_db()
    assert sees(as_(bruno), essais) == 200
    assert sees(as_(driss), essais) == 404
    assert f"/image/1280/?{essais.picture_id}" in front(as_(bruno), essais)
    assert as_(bruno).get(f"/communautes/{essais.slug}/image/641/").status_code == 404


def test_a_hidden_one_shows_it_to_its_members_alone(
    as_: As, amina: Person, bruno: Person, chloe: Person, karim: Person, cordon: Community
) -> None:
    put(as_(chloe), cordon)
    assert sees(as_(amina), cordon) == 200
    assert sees(as_(bruno), cordon) == sees(as_(karim), cordon) == 404
    assert File.objects.get().audience_id == cordon.audience_id


def test_who_reads_the_picture_follows_who_finds_the_community(
    as_: As, bruno: Person, chloe: Person, lyon: Community
) -> None:
    put(as_(chloe), lyon)
    assert File.objects.get().audience_id == company_audience_id()
    change(as_(chloe), lyon, access="private", confirmed="private")
    lyon.refresh_from_db()
    assert File.objects.get().audience_id == lyon.audience_id
    assert not File.objects.visible_to(bruno.scope()).exists()
    assert sees(as_(bruno), lyon) == 404


def test_another_picture_takes_its_place_and_none_leaves_none(as_: As, chloe: Person, lyon: Community) -> None:
    put(as_(chloe), lyon)
    put(as_(chloe), lyon)
    assert File.objects.count() == 1
    for _click in range(2):
        assert as_(chloe).post(f"/communautes/{lyon.slug}/reglages/image/retirer/").status_code == 302
    assert not File.objects.exists()
    assert sees(as_(chloe), lyon) == 404


def test_members_do_not_change_it(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    assert put(as_(amina), lyon).status_code == put(as_(bruno), lyon).status_code == 403


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh\nrm -rf /\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 64])
def test_what_is_no_picture_is_refused_in_words(as_: As, chloe: Person, lyon: Community, content: bytes) -> None:
    fake = io.BytesIO(content)
    fake.name = "bandeau.png"
    answer = as_(chloe).post(f"/communautes/{lyon.slug}/reglages/image/", {"picture": fake})
    assert answer.status_code == 422
    assert 'id="id_picture-error"' in answer.content.decode()
    assert not File.objects.exists()


@pytest.mark.skipif(not MEDIA.exists(), reason="the published pictures are not on this machine")
@pytest.mark.parametrize("bomb", ["decompression_bomb.gif", "decompression_bomb_extents.gif"])
def test_bombs_are_refused(as_: As, chloe: Person, lyon: Community, bomb: str) -> None:
    with (MEDIA / "gif" / bomb).open("rb") as file:
        answer = as_(chloe).post(f"/communautes/{lyon.slug}/reglages/image/", {"picture": file})
    assert answer.status_code == 422
    assert not File.objects.exists()
