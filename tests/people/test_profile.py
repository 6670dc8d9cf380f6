"""One's own profile: everything is said on one page, and read by those one lets."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.people import actions
from parvis.people.answers import Answer
from parvis.people.models import FieldValue, Person, SpokenLanguage, SuggestionPutAway
from tests.people.profiles import define, typed

As = Callable[[Person], Client]
PAGE = "/moi/profil/"


def page_of(browser: Client, person: Person) -> str:
    """With the spaces of French as one types them."""
    page = browser.get(f"/personnes/{person.pk}/").content.decode()
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def test_all_that_one_says_is_on_ones_page(as_: As, amina: Person, bruno: Person) -> None:
    said = typed(
        about="Je soude.\nVenez voir https://vauban.example/inox",
        pronounced="a-mi-na bé-na-li",
        working_pattern="Du lundi au jeudi, en 2 × 8",
        phone="04 78 55 01 42",
        phone_note="Poste 142, le matin",
        langue=["fr", "ar", "", "fsl"],
    )
    assert as_(amina).post(PAGE, said)["Location"] == f"/personnes/{amina.pk}/"
    page = page_of(as_(bruno), amina)
    assert "Je soude.<br>Venez voir <a" in page
    assert "Se prononce « a-mi-na bé-na-li »" in page
    assert "Français, arabe, langue des signes française" in page
    assert 'href="tel:0478550142"' in page
    for word in ("Du lundi au jeudi, en 2 × 8", "Poste 142, le matin", "amina@vauban.example"):
        assert word in page


def test_languages_are_named_in_the_readers_language(as_: As, amina: Person, bruno: Person) -> None:
    actions.change_profile(person=amina, words={}, languages=["ar", "fr"])
    actions.change_own_settings(person=bruno, language="en")
    assert "Arabic, French" in page_of(as_(bruno), amina)


def test_saving_what_is_there_changes_nothing(as_: As, amina: Person, karim: Person) -> None:
    tools = define(karim, "Permis", "choices", ("Cariste/Forklift", "Nacelle/Lift"))
    ids = [option.pk for option in tools.options.all()]
    actions.change_profile(
        person=amina, words={"about": "Je soude."}, languages=["fr"], answers={tools.pk: [Answer(option_id=ids[0])]}
    )
    rows = list(FieldValue.objects.values_list("pk", flat=True)), list(SpokenLanguage.objects.values_list("pk"))
    as_(amina).post(PAGE, typed(about="Je soude.", langue=["fr"], **{f"champ_{tools.pk}": [ids[0]]}))
    assert rows == (
        list(FieldValue.objects.values_list("pk", flat=True)),
        list(SpokenLanguage.objects.values_list("pk")),
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "0" * 41}, "40 caractères"),
        ({"langue": ["fr", "klingon"]}, "klingon"),
        ({"langue": ["fr", "ar", "en", "de", "it", "es", "pt", "nl", "ro"]}, "Au plus 8 langues"),
        ({"qui_mail": "the whole internet"}, "the whole internet"),
    ],
)
def test_a_wrong_word_keeps_all_that_was_typed_and_writes_nothing(
    as_: As, amina: Person, wrong: dict[str, object], sentence: str
) -> None:
    answer = as_(amina).post(PAGE, typed(about="Je soude.", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Je soude." in page
    assert "Rien n’est encore enregistré" in page
    assert Person.objects.get(pk=amina.pk).about == ""


# --- Who reads what


def test_a_narrowed_mail_is_read_by_nobody_else_not_even_an_administrator(
    as_: As, amina: Person, bruno: Person, karim: Person
) -> None:
    as_(amina).post(PAGE, typed(phone="04 78", phone_note="Le matin", qui_mail="nobody", qui_phone="nobody"))
    for reader in (bruno, karim):
        page = page_of(as_(reader), amina)
        assert "amina@vauban.example" not in page
        assert "04 78" not in page
        assert "Le matin" not in page
    mine = page_of(as_(amina), amina)
    assert "amina@vauban.example" in mine
    assert "04 78" in mine


def test_what_the_members_of_my_communities_read_others_do_not(
    as_: As, amina: Person, bruno: Person, chloe: Person, cordon: Community
) -> None:
    as_(amina).post(PAGE, typed(about="Entre nous.", qui_about="communities"))
    assert "Entre nous." in page_of(as_(chloe), amina)
    assert "Entre nous." not in page_of(as_(bruno), amina)
    communities.leave(person=amina, community=cordon)
    assert "Entre nous." not in page_of(as_(chloe), amina)


def test_a_guest_of_the_same_place_reads_what_is_for_everybody_and_no_contact(
    as_: As, amina: Person, driss: Person, chloe: Person, cordon: Community
) -> None:
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    as_(amina).post(PAGE, typed(about="Je soude.", phone="04 78", langue=["ar"]))
    page = page_of(as_(driss), amina)
    assert "Je soude." in page
    assert "Arabe" in page
    assert "amina@vauban.example" not in page
    assert "04 78" not in page
    as_(amina).post(PAGE, typed(about="Je soude.", phone="04 78", qui_phone="everybody", qui_about="communities"))
    page = page_of(as_(driss), amina)
    assert "04 78" in page
    assert "Je soude." not in page, "the members of a community who are read by are colleagues"


@pytest.mark.parametrize(
    ("who", "seen", "unseen"),
    [
        ("collegue", ["Je soude.", "04 78", "amina@"], ["Le jeudi"]),
        ("ailleurs", ["Je soude.", "amina@"], ["04 78", "Le jeudi"]),
        ("invite", ["Je soude."], ["04 78", "amina@", "Le jeudi"]),
    ],
)
def test_one_sees_ones_page_as_others_see_it(
    as_: As, amina: Person, cordon: Community, lyon: Community, who: str, seen: list[str], unseen: list[str]
) -> None:
    readers = {"qui_phone": "communities", "qui_working_pattern": "nobody"}
    as_(amina).post(PAGE, typed(about="Je soude.", phone="04 78", working_pattern="Le jeudi", **readers))
    page = as_(amina).get(f"/moi/profil/vu-par/{who}/").content.decode().split("<main")[1]
    assert "Comme les autres me voient" in page
    for word in seen:
        assert word in page
    for word in unseen:
        assert word not in page
    assert cordon.name not in page, "a private community is seen by its members alone"
    assert (lyon.name in page) == (who != "invite")
    assert as_(amina).get("/moi/profil/vu-par/karim/").status_code == 404
    assert as_(amina).post(f"/moi/profil/vu-par/{who}/").status_code == 405


# --- The company's fields


def test_a_field_of_each_kind_is_asked_said_and_read(as_: As, amina: Person, bruno: Person, karim: Person) -> None:
    text = define(karim, "Badge")
    several = define(karim, "Logiciels", has_several=True)
    link = define(karim, "Site personnel", "link")
    day = define(karim, "Arrivée", "date")
    one = define(karim, "Taille", "choice", ("Petite/Small", "Grande/Large"))
    many = define(karim, "Permis", "choices", ("Cariste/Forklift", "Nacelle/Lift"))
    large = one.options.get(name_fr="Grande")
    ids = list(many.options.order_by("position").values_list("pk", flat=True))
    said = typed(
        **{
            f"champ_{text.pk}": "  B 12 ",
            f"champ_{several.pk}": "Python\n\nExcel\nPython",
            f"champ_{link.pk}": "vauban.example/amina",
            f"champ_{day.pk}": "2020-03-08",
            f"champ_{one.pk}": large.pk,
            f"champ_{many.pk}": ids,
        }
    )
    assert as_(amina).post(PAGE, said).status_code == 302
    page = page_of(as_(bruno), amina)
    for words in ("B 12", "Python<br>Excel", "8 mars 2020", "Grande", "Cariste, Nacelle"):
        assert words in page
    assert 'href="https://vauban.example/amina" rel="noopener noreferrer nofollow"' in page
    actions.change_own_settings(person=bruno, language="en")
    page = page_of(as_(bruno), amina)
    for words in ("Badge (en)", "Large", "Forklift, Lift"):
        assert words in page
    again = as_(amina).get(PAGE).content.decode()
    for words in ("Python\nExcel", 'value="2020-03-08"', f'value="{large.pk}" selected'):
        assert words in again


@pytest.mark.parametrize(
    "word", ["javascript:alert(1)", "data:text/html,x", "ftp://vauban.example", "pas une adresse", "http://", "//x y"]
)
def test_a_link_leads_to_the_web_or_is_refused(as_: As, amina: Person, karim: Person, word: str) -> None:
    link = define(karim, "Site personnel", "link")
    answer = as_(amina).post(PAGE, typed(**{f"champ_{link.pk}": word}))
    assert answer.status_code == 422
    assert "n’est pas l’adresse d’une page" in answer.content.decode()
    assert not FieldValue.objects.exists()


def test_what_the_company_asks_of_everybody_is_answered_before_saving(as_: As, amina: Person, karim: Person) -> None:
    badge = define(karim, "Badge", is_required=True)
    answer = as_(amina).post(PAGE, typed(about="Je soude."))
    assert answer.status_code == 422
    assert "Je soude." in answer.content.decode()
    assert as_(amina).post(PAGE, typed(**{f"champ_{badge.pk}": "12"})).status_code == 302


def test_what_the_directory_keeps_is_read_and_not_written_by_its_person(as_: As, amina: Person, karim: Person) -> None:
    badge = define(karim, "Badge", owner="directory")
    actions.answer_for(person=amina, field=badge, said=[Answer("B 12")])
    page = as_(amina).get(PAGE).content.decode()
    assert "B 12" in page
    assert "Tenu par l’annuaire." in page
    assert f"champ_{badge.pk}" not in page
    as_(amina).post(PAGE, typed(**{f"champ_{badge.pk}": "B 13", f"qui_{badge.pk}": "nobody"}))
    assert FieldValue.objects.get().text == "B 12"
    with pytest.raises(PermissionDenied):
        actions.change_profile(person=amina, words={}, answers={badge.pk: [Answer("B 13")]})
    mine = define(karim, "Surnom")
    with pytest.raises(PermissionDenied):
        actions.answer_for(person=amina, field=mine, said=[Answer("x")])


def test_only_readers_that_the_company_allows_are_offered_and_taken(as_: As, amina: Person, karim: Person) -> None:
    badge = define(karim, "Badge", widest="colleagues", narrowest="communities", readers="colleagues")
    page = as_(amina).get(PAGE).content.decode().split(f'name="qui_{badge.pk}"')[1].split("</select>")[0]
    assert 'value="communities"' in page
    assert 'value="nobody"' not in page
    assert 'value="everybody"' not in page
    assert as_(amina).post(PAGE, typed(**{f"qui_{badge.pk}": "nobody"})).status_code == 422
    with pytest.raises(ValidationError):
        actions.change_profile(person=amina, words={}, readers={badge.pk: "everybody"})


def test_a_field_without_a_choice_says_who_reads_it(as_: As, amina: Person, karim: Person) -> None:
    badge = define(karim, "Badge", widest="colleagues", narrowest="colleagues")
    page = as_(amina).get(PAGE).content.decode()
    assert f'name="qui_{badge.pk}"' not in page
    assert "Les personnes de l’entreprise" in page.split(f'id="champ-{badge.key}"')[1]


def test_an_answer_of_another_field_is_not_taken(amina: Person, karim: Person) -> None:
    size = define(karim, "Taille", "choice", ("Petite", "Grande"))
    colour = define(karim, "Couleur", "choice", ("Bleu",))
    blue = colour.options.get()
    with pytest.raises(ValidationError):
        actions.change_profile(person=amina, words={}, answers={size.pk: [Answer(option_id=blue.pk)]})
    with pytest.raises(ValidationError):
        actions.change_profile(person=amina, words={}, answers={size.pk: [Answer("Bleu")]})


# --- What is suggested


def test_one_thing_at_a_time_is_suggested_and_put_away_for_good(as_: As, amina: Person, karim: Person) -> None:
    browser = as_(amina)
    suggested = "Ajoutez une photo"
    page = page_of(browser, amina)
    assert suggested in page
    assert page.count('class="hint suggestion"') == 1
    assert "%" not in page.split('class="hint suggestion"')[1].split("</div>")[0]
    back = f"/personnes/{amina.pk}/"
    assert browser.post("/moi/profil/plus-tard/", {"what": "photo", "next": back})["Location"] == back
    browser.post("/moi/profil/plus-tard/", {"what": "photo", "next": "https://ailleurs.example/"})
    page = page_of(browser, amina)
    assert suggested not in page
    assert "Dites en deux lignes" in page
    for what in ("about", "languages", "working_pattern"):
        browser.post("/moi/profil/plus-tard/", {"what": what})
    assert "hint suggestion" not in page_of(browser, amina)
    assert SuggestionPutAway.objects.count() == 4
    define(karim, "Badge", is_required=True)
    assert "l’entreprise demande : Badge." in page_of(browser, amina)


def test_nobody_else_sees_what_a_profile_lacks(as_: As, amina: Person, karim: Person) -> None:
    assert "hint suggestion" not in page_of(as_(karim), amina)


def test_after_the_photo_a_newcomer_is_asked_one_more_thing(as_: As, amina: Person) -> None:
    from parvis.kernel.audiences.actions import company_audience_id
    from parvis.kernel.files.models import Blob, File

    assert "Ajouter ma photo" in as_(amina).get("/").content.decode()
    blob = Blob.objects.create(sha256="0" * 64, size=1, media_type="image/png")
    amina.photo = File.objects.create(blob=blob, audience_id=company_audience_id(), name="moi.png", owner=amina)
    amina.save(update_fields=["photo"])
    page = as_(amina).get("/").content.decode()
    assert "Dites en deux lignes" in page
    assert page.count('class="hint suggestion"') == 1
