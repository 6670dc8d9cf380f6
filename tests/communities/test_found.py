"""Founding a community."""

from parvis.communities import rules
from parvis.communities.models import Community
from parvis.people.models import Person


def test_who_founds_animates(lyon: Community, chloe: Person, amina: Person) -> None:
    assert rules.may_animate(chloe, lyon)
    assert rules.may_publish(amina, lyon)
    assert not rules.may_animate(amina, lyon)


def test_fixtures_stand(lyon: Community, cordon: Community, essais: Community, bruno: Person, driss: Person) -> None:
    assert rules.may_join(bruno, lyon)
    assert rules.may_ask(bruno, essais)
    assert not rules.may_find(bruno, cordon)
    assert not rules.may_find(driss, lyon)
