"""A directory group gives the right to enter and one invitation; it makes nobody a member."""

import pytest

from parvis.communities import actions, rules
from parvis.communities.models import Community, Invitation
from parvis.people.models import Person
from tests.communities.scene import As, is_member, reads


def test_a_group_enrols_nobody(as_: As, bruno: Person, cordon: Community) -> None:
    assert actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Soudeurs") == 1
    assert not is_member(bruno, cordon)
    assert not reads(bruno, cordon)

    page = as_(bruno).get("/communautes/").content.decode()
    assert "Par le groupe « Soudeurs » de l’annuaire" in page
    as_(bruno).post(f"/communautes/{cordon.slug}/rejoindre/")
    assert reads(bruno, cordon)


def test_a_second_run_changes_nothing(amina: Person, bruno: Person, cordon: Community) -> None:
    for expected in (1, 0):
        invited = actions.grant_group(community=cordon, person_ids=[amina.pk, bruno.pk], group_name="Soudeurs")
        assert invited == expected
    assert Invitation.objects.filter(person=bruno).count() == 1


def test_who_declined_is_not_invited_again_but_may_still_enter(as_: As, bruno: Person, cordon: Community) -> None:
    actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Soudeurs")
    as_(bruno).post(f"/communautes/{cordon.slug}/decliner/")
    actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Soudeurs")
    assert "On vous invite" not in as_(bruno).get("/communautes/").content.decode()
    assert as_(bruno).post(f"/communautes/{cordon.slug}/rejoindre/").status_code == 302
    assert is_member(bruno, cordon)


def test_who_leaves_the_group_loses_the_right_and_keeps_what_they_did(
    amina: Person, bruno: Person, karim: Person, cordon: Community
) -> None:
    actions.grant_group(community=cordon, person_ids=[bruno.pk, karim.pk], group_name="Soudeurs")
    actions.join(person=bruno, community=cordon)
    actions.grant_group(community=cordon, person_ids=[], group_name="Soudeurs")
    assert is_member(bruno, cordon)
    assert not rules.may_find(karim, cordon)
    assert not Invitation.objects.filter(person=karim).exists()


def test_two_groups_give_one_invitation(bruno: Person, cordon: Community) -> None:
    actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Soudeurs")
    actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Nuit")
    assert Invitation.objects.filter(person=bruno).count() == 1
    actions.grant_group(community=cordon, person_ids=[], group_name="Soudeurs")
    assert rules.may_join(bruno, cordon)


def test_who_was_taken_out_does_not_come_back_by_a_group(amina: Person, chloe: Person, cordon: Community) -> None:
    actions.grant_group(community=cordon, person_ids=[amina.pk], group_name="Soudeurs")
    actions.let_go(by=chloe, person=amina, community=cordon, reason="Pas ici.")
    actions.grant_group(community=cordon, person_ids=[amina.pk], group_name="Soudeurs")
    assert not rules.may_find(amina, cordon)
    assert not rules.may_join(amina, cordon)


def test_an_animator_unlinks_a_group(as_: As, amina: Person, bruno: Person, chloe: Person, cordon: Community) -> None:
    actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Soudeurs", source="siege")
    gate = cordon.gates.get()
    assert "Soudeurs" in as_(chloe).get(f"/communautes/{cordon.slug}/reglages/").content.decode()
    url = f"/communautes/{cordon.slug}/groupes/{gate.pk}/delier/"
    assert as_(amina).post(url).status_code == 403
    for _click in range(2):
        assert as_(chloe).post(url).status_code == 302
    assert not rules.may_find(bruno, cordon)


@pytest.mark.parametrize("source", ["", "siege"])
def test_the_same_group_name_of_two_sources_stays_apart(bruno: Person, cordon: Community, source: str) -> None:
    actions.grant_group(community=cordon, person_ids=[bruno.pk], group_name="Soudeurs", source="usine")
    actions.grant_group(community=cordon, person_ids=[], group_name="Soudeurs", source=source)
    assert rules.may_join(bruno, cordon)
