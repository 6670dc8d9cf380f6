"""Administrators define what profiles say: made, renamed while in use, ordered, retired and taken up again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from parvis.people import actions
from parvis.people.actions import WantedOption
from parvis.people.answers import Answer
from parvis.people.models import FieldOption, FieldValue, Person, ProfileField
from parvis.people.queries import company_fields
from tests.people.profiles import KARIM, define

As = Callable[[Person], Client]
PAGE = "/administration/profils/"


def field_typed(**more: Any) -> dict[str, Any]:
    return {"name_fr": "Permis", "name_en": "Licences", "kind": "text", "owner": "person", **KARIM, **more}


def rows(*options: tuple[object, str, str], gone: tuple[object, ...] = ()) -> dict[str, Any]:
    ids, french, english = ([str(option[n]) for option in options] for n in range(3))
    return {"option": ids, "option_fr": french, "option_en": english, "option_gone": [str(pk) for pk in gone]}


def test_a_field_of_choices_is_made_and_stands_on_each_profile(as_: As, karim: Person, amina: Person) -> None:
    browser = as_(karim)
    assert "Aucun champ pour l’instant" in browser.get(PAGE).content.decode()
    options = rows(("", "Cariste", "Forklift"), ("", "Nacelle", ""), ("", "", ""))
    made = browser.post(
        f"{PAGE}ajouter/", field_typed(kind="choices", help_fr="Ceux en cours.", **options), follow=True
    )
    assert "Permis" in made.content.decode()
    field = ProfileField.objects.get()
    assert [(o.name_fr, o.name_en) for o in field.options.order_by("position")] == [
        ("Cariste", "Forklift"), ("Nacelle", "Nacelle")
    ]  # fmt: skip
    page = as_(amina).get("/moi/profil/").content.decode()
    for word in ("Permis", "Ceux en cours.", "Cariste", "Nacelle"):
        assert word in page


def test_renaming_what_is_in_use_renames_it_for_all_and_changes_no_answer(
    as_: As, karim: Person, amina: Person, bruno: Person
) -> None:
    field = define(karim, "Permis", "choices", ("Cariste", "Nacelle"))
    forklift, lift = field.options.order_by("position")
    actions.change_profile(person=amina, words={}, answers={field.pk: [Answer(option_id=forklift.pk)]})
    before = list(FieldValue.objects.values())
    renamed = field_typed(
        name_fr="Habilitations", **rows((lift.pk, "Nacelle", ""), (forklift.pk, "Chariot", "Forklift"))
    )
    assert as_(karim).post(f"{PAGE}{field.pk}/", renamed).status_code == 302
    page = as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    assert "Habilitations" in page
    assert "Chariot" in page
    assert list(FieldValue.objects.values()) == before
    assert ProfileField.objects.get().key == "permis", "an import goes on under the key"
    assert [o.name_fr for o in field.options.order_by("position")] == ["Nacelle", "Chariot"]


def test_a_retired_option_stays_with_those_who_chose_it_and_is_offered_to_nobody_else(
    as_: As, karim: Person, amina: Person, bruno: Person
) -> None:
    field = define(karim, "Permis", "choice", ("Cariste", "Nacelle"))
    forklift, lift = field.options.order_by("position")
    actions.change_profile(person=amina, words={}, answers={field.pk: [Answer(option_id=forklift.pk)]})
    kept = rows((forklift.pk, "Cariste", ""), (lift.pk, "Nacelle", ""), gone=(forklift.pk,))
    as_(karim).post(f"{PAGE}{field.pk}/", field_typed(**kept))
    assert "Cariste" in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    assert "Cariste" in as_(amina).get("/moi/profil/").content.decode()
    assert "Cariste" not in as_(bruno).get("/moi/profil/").content.decode()
    with pytest.raises(ValidationError):
        actions.change_profile(person=bruno, words={}, answers={field.pk: [Answer(option_id=forklift.pk)]})
    again = rows((forklift.pk, "Cariste", ""), (lift.pk, "Nacelle", ""))
    as_(karim).post(f"{PAGE}{field.pk}/", field_typed(**again))
    assert "Cariste" in as_(bruno).get("/moi/profil/").content.decode()


def test_options_that_a_form_does_not_name_stay(karim: Person) -> None:
    field = define(karim, "Permis", "choice", ("Cariste", "Nacelle"))
    actions.change_field(by=karim, field=field, options=[WantedOption("Grue", "Crane")])
    assert FieldOption.objects.filter(field=field, retired_at__isnull=True).count() == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name_fr": ""}, "obligatoire"),
        ({"kind": "volapük"}, "volapük"),
        ({"kind": "choice"}, "Donnez au moins une réponse"),
        ({"kind": "choice", **rows(("", "Oui", ""), ("", "oui", ""))}, "Deux réponses portent le même nom."),
        ({"widest": "nobody", "narrowest": "everybody"}, "ne peut pas être plus large"),
        ({"widest": "communities", "readers": "everybody"}, "tient entre le plus large et le plus étroit"),
        ({"name_fr": "x" * 81}, "80"),
        ({"name_fr": "Badge"}, "Un autre champ a déjà ce nom."),
    ],
)
def test_what_cannot_be_is_said_and_keeps_what_was_typed(
    as_: As, karim: Person, typed: dict[str, Any], sentence: str
) -> None:
    define(karim, "Badge")
    answer = as_(karim).post(f"{PAGE}ajouter/", field_typed(**{"help_fr": "Une aide.", **typed}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Une aide." in answer.content.decode()
    assert ProfileField.objects.count() == 1


def test_the_kind_of_a_field_never_changes(as_: As, karim: Person) -> None:
    field = define(karim, "Badge")
    assert as_(karim).post(f"{PAGE}{field.pk}/", field_typed(kind="date")).status_code == 302
    assert ProfileField.objects.get().kind == "text"


def test_several_answers_are_not_forbidden_to_those_who_gave_them(as_: As, karim: Person, amina: Person) -> None:
    field = define(karim, "Logiciels", has_several=True)
    actions.change_profile(person=amina, words={}, answers={field.pk: [Answer("Python"), Answer("Excel")]})
    answer = as_(karim).post(f"{PAGE}{field.pk}/", field_typed())
    assert answer.status_code == 422
    assert "ont déjà donné plusieurs réponses" in answer.content.decode()


def test_fields_stand_in_the_order_that_was_given(as_: As, karim: Person) -> None:
    first, second, third = (define(karim, name) for name in ("Un", "Deux", "Trois"))
    browser = as_(karim)
    for _press in range(2):  # twice the same wish is one wish
        browser.post(f"{PAGE}{third.pk}/place/", {"place": "0"})
    assert [field.pk for field in company_fields()] == [third.pk, first.pk, second.pk]
    browser.post(f"{PAGE}{third.pk}/place/", {"place": "99"})
    browser.post(f"{PAGE}{first.pk}/place/", {"place": "volapük"})
    assert [field.pk for field in company_fields()] == [first.pk, second.pk, third.pk]


def test_a_retired_field_is_neither_shown_nor_asked_and_comes_back_with_its_answers(
    as_: As, karim: Person, amina: Person, bruno: Person
) -> None:
    field = define(karim, "Badge", is_required=True)
    actions.change_profile(person=amina, words={}, answers={field.pk: [Answer("B 12")]})
    browser = as_(karim)
    for _press in range(2):
        browser.post(f"{PAGE}{field.pk}/retirer/", {"on": "1"})
    assert "B 12" not in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    assert "Badge" not in as_(amina).get("/moi/profil/").content.decode()
    assert "Retirés" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}{field.pk}/retirer/", {"on": "0"})
    assert "B 12" in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()


# --- A rule that changes


def test_a_wider_rule_widens_nothing_that_was_said_before(
    as_: As, karim: Person, amina: Person, bruno: Person
) -> None:
    field = define(karim, "Badge", readers="nobody")
    actions.change_profile(person=amina, words={}, answers={field.pk: [Answer("B 12")]})
    actions.change_field(by=karim, field=field, readers="colleagues", narrowest="colleagues", widest="everybody")
    assert "B 12" not in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    assert "Badge" not in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()
    actions.change_profile(person=bruno, words={}, answers={field.pk: [Answer("B 13")]})
    assert "B 13" in as_(amina).get(f"/personnes/{bruno.pk}/").content.decode(), "who answers now knows the new rule"
    actions.change_profile(person=amina, words={}, readers={field.pk: "colleagues"})
    assert "B 12" in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()


def test_a_narrower_rule_narrows_at_once(as_: As, karim: Person, amina: Person, bruno: Person) -> None:
    field = define(karim, "Badge")
    actions.change_profile(
        person=amina, words={}, answers={field.pk: [Answer("B 12")]}, readers={field.pk: "everybody"}
    )
    actions.change_field(by=karim, field=field, widest="nobody", readers="nobody")
    assert "B 12" not in as_(bruno).get(f"/personnes/{amina.pk}/").content.decode()


# --- Who may


@pytest.mark.parametrize("act", ["", "ajouter/", "{}/", "{}/place/", "{}/retirer/"])
def test_for_others_the_fields_have_no_page(as_: As, karim: Person, bruno: Person, driss: Person, act: str) -> None:
    field = define(karim, "Badge")
    address = PAGE + act.format(field.pk)
    for person in (bruno, driss):
        assert as_(person).get(address).status_code in (404, 405)
        assert as_(person).post(address, field_typed()).status_code in (404, 405)
    assert ProfileField.objects.get().name_fr == "Badge"


def test_only_administrators_define_fields(karim: Person, bruno: Person) -> None:
    field = define(karim, "Badge")
    for act in (
        lambda: define(bruno, "Surnom"),
        lambda: actions.change_field(by=bruno, field=field, name_fr="X"),
        lambda: actions.move_field(by=bruno, field=field, position=0),
        lambda: actions.set_field_retired(by=bruno, field=field, is_retired=True),
    ):
        with pytest.raises(PermissionDenied):
            act()
