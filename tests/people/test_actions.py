"""The directory, the charter, suspension: what actions promise to other modules."""

import pytest
from django.core.exceptions import ValidationError

from parvis.kernel.live.models import Change
from parvis.people import actions, rules
from parvis.people.models import Person


def test_a_new_entry_of_the_directory_is_not_in(db: None) -> None:
    person = actions.add_person(identifier="Nova.Lin", name="Nova Lin", mail="Nova.Lin@Vauban.example")
    assert (person.identifier, person.mail, person.activated_at) == ("nova.lin", "nova.lin@vauban.example", None)
    assert not person.has_usable_password()


def test_the_charter_is_asked_once(ines: Person) -> None:
    with pytest.raises(rules.CharterNeeded):
        rules.must_have_agreed(ines)
    actions.accept_charter(person=ines, language="fr")
    rules.must_have_agreed(ines)
    actions.accept_charter(person=ines, language="en")
    assert ines.charter_acceptances.count() == 1


def test_suspending_has_open_pages_looked_at_again(amina: Person, karim: Person) -> None:
    actions.suspend(person=amina, by=karim)
    assert Change.objects.filter(topic=f"recheck:{amina.pk}").exists()


def test_an_identifier_or_a_mail_belongs_to_one_person(amina: Person) -> None:
    for fields in ({"identifier": "Amina"}, {"identifier": "other", "mail": "AMINA@vauban.example"}):
        with pytest.raises(ValidationError, match="Quelqu’un d’autre a déjà"):
            actions.add_person(name="Autre", **fields)
    other = actions.add_person(identifier="other", name="Autre")
    with pytest.raises(ValidationError):
        actions.change_entry(person=other, mail="amina@vauban.example")
    assert Person.objects.get(pk=other.pk).mail is None


def test_the_directory_saying_the_same_again_changes_nothing(amina: Person) -> None:
    assert not actions.change_entry(person=amina, name="Amina Benali", title="Ingénieure")
    assert actions.change_entry(person=amina, title="Soudeuse")
    with pytest.raises(TypeError):
        actions.change_entry(person=amina, suspended_at=None, password="x")
