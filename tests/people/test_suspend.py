"""Suspension closes everything at once and deletes nothing."""

import pytest

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


def test_suspending_raises_the_epoch(amina: Person, karim: Person) -> None:
    actions.suspend(person=amina, by=karim)
    assert Person.objects.get(pk=amina.pk).epoch == 1
