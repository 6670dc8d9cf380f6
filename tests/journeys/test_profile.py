"""One says who one is from a phone, and colleagues read it, as far as one let them."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import Visits
from tests.journeys.house import House

pytestmark = pytest.mark.browser
GREEN, RED = (20, 150, 60), (220, 30, 30)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Twice as wide as high: a green half, then a red one."""
    drawn = Image.new("RGB", (800, 400), RED)
    drawn.paste(GREEN, (0, 0, 400, 400))
    drawn.save(tmp_path / "moi.jpg", quality=95)
    return tmp_path / "moi.jpg"


def test_a_profile_filled_on_a_phone_is_read_at_a_desk(
    visits: Visits, house: House, ids: dict[str, Any], picture: Path
):
    people = house.furnish("people", names={"lucie": "Lucie Pham"}, members_of=["qualite-lyon"])
    page_of_lucie = f"/personnes/{people['lucie']}/"

    # The company wants to know something more, of whoever wants to say it.
    karim = visits("karim").go("/administration/profils/")
    karim.get_by_role("main").get_by_role("link", name="Ajouter un champ").first.click()
    karim.get_by_label("Nom en français").fill("Permis et habilitations")
    karim.get_by_label("Nom en anglais").fill("Licences")
    karim.get_by_label("Au plus large").select_option("everybody")
    karim.get_by_label("Au plus étroit").select_option("nobody")
    karim.get_by_label("Au départ").select_option("colleagues")
    karim.get_by_role("button", name="Ajouter", exact=True).click()
    expect(karim.get_by_role("main")).to_contain_text("Permis et habilitations")

    # The face, framed with the slider and the arrows: the green side only.
    lucie = visits("lucie", phone=True)
    page = lucie.go("/moi/profil/")
    page.get_by_role("link", name="Choisir une photo").tap()
    page.get_by_label("Photo", exact=True).set_input_files(picture)
    expect(page.locator(".crop-frame img")).to_be_visible()
    page.get_by_label("Taille").focus()
    page.keyboard.press("End")
    page.locator(".crop-frame").focus()
    for _ in range(8):
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Utiliser cette photo").tap()
    page.wait_for_url(lambda url: "/photo/" not in url)

    # Words, languages, the company's field, and for each who reads it.
    lucie.go("/moi/profil/")
    page.locator("#id_pronounced").fill("lu-si fam")
    page.locator("#id_working_pattern").fill("De nuit, du lundi au jeudi")
    page.locator("#id_phone").fill("06 12 34 56 78")
    page.locator("#id_qui_phone").select_option("nobody")
    page.get_by_label("Langue 1").select_option("vi")
    page.get_by_label("Langue 2").select_option("fr")
    of_the_company = page.locator(".asked", has_text="Permis et habilitations")
    of_the_company.locator("input").fill("CACES 3, pontier")
    of_the_company.locator("select").select_option("communities")
    page.get_by_role("button", name="Enregistrer").tap()
    page.wait_for_url(f"**{page_of_lucie}")
    expect(page.get_by_role("main")).to_contain_text("Se prononce « lu-si fam »")

    # What she can do, from the shared list.
    page.get_by_role("link", name="Dire un savoir-faire").tap()
    page.get_by_label("Je sais…").fill("brasage")
    page.get_by_role("option").first.tap()
    said = page.get_by_label("Je sais…").input_value()
    page.locator("#skill-word").fill("cuivre et laiton")
    page.get_by_role("button", name="Ajouter", exact=True).tap()
    expect(page.locator(".own-skills h3")).to_have_text([said])

    # Amina, of the same community, finds her by her name at her desk: everything but what is Lucie's alone.
    amina = visits("amina")
    amina.go("/annuaire/").get_by_role("searchbox", name="Un nom, une fonction").fill("pham")
    amina.page.locator("#dir-found").get_by_role("link", name="Lucie Pham").click()
    read = amina.page.get_by_role("main")
    for words in ("lu-si fam", "CACES 3, pontier", said, "cuivre et laiton"):
        expect(read).to_contain_text(words)
    expect(amina.page.locator("body")).to_contain_text("De nuit, du lundi au jeudi")
    expect(amina.page.locator("body")).to_contain_text("Vietnamien, français")
    assert "06 12 34 56 78" not in amina.page.content()

    face = amina.page.locator("main .id img.av, main .id .av img").first
    expect(face).to_have_js_property("complete", True)
    source = face.get_attribute("src")
    assert source
    shown = Image.open(io.BytesIO(amina.context.request.get(f"{house.url}{source}").body())).convert("RGB")
    assert shown.width == shown.height
    for across in (4, shown.width - 5):
        red, green, _blue = shown.getpixel((across, shown.height // 2))  # type: ignore[misc]
        assert green > 2 * red, f"the red side is in the frame: {across}"

    # Bruno shares no community with her: her answer to the company is not for him.
    for phone in (False, True):
        bruno = visits("bruno", phone=phone).go(page_of_lucie)
        expect(bruno.get_by_role("main")).to_contain_text("lu-si fam")
        for hidden in ("CACES", "06 12 34"):
            assert hidden not in bruno.content()
