"""A name after « de »: cut before a vowel in French, whole in English."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from parvis.contributions.models import Contribution
from parvis.kernel.french import of_name
from parvis.people.models import Person

CUT = ["Amina Benali", "Élodie", "Œdipe", "Isaïe", "Ulysse", "Yves", "Hélène", "Hugo", "Hyacinthe"]
WHOLE = ["Bruno", "Yann", "Yasmine", "Hamid", "Hans", "Zoé", "李明"]


def test_de_is_cut_before_a_vowel_one_hears() -> None:
    with translation.override("fr"):
        assert [of_name(name) for name in CUT] == [f"d’{name}" for name in CUT]
        assert [of_name(name) for name in WHOLE] == [f"de {name}" for name in WHOLE]
    with translation.override("en"):
        assert of_name("Amina") == "Amina"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Publication d’Amina Benali", "Autres actions pour la publication d’Amina Benali"]),
        ("en", ["Publication by Amina Benali", "More actions for the publication by Amina Benali"]),
    ],
)
def test_a_card_names_its_author_as_one_says_it(
    as_: Callable[[Person], Client], amina: Person, publication: Contribution, language: str, said: list[str]
) -> None:
    Contribution.objects.update(title="")
    Person.objects.update(language=language)
    amina.refresh_from_db()

    page = as_(amina).get("/", {"vue": "fil"}).content.decode()

    assert [words for words in said if words not in page] == []
