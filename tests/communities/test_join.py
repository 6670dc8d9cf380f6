"""Coming in by one's own act, and going out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from parvis.communities import actions, queries
from parvis.communities.models import Community, Follow, Invitation, Membership
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.scene import As, is_member, reads
from tests.conftest import make_person


def test_everybody_joins_an_open_community(as_: As, bruno: Person, lyon: Community) -> None:
    answer = as_(bruno).post(f"/communautes/{lyon.slug}/rejoindre/")

    assert answer["Location"] == lyon.get_absolute_url()
    assert is_member(bruno, lyon)


def test_joining_twice_is_joining_once(as_: As, bruno: Person, lyon: Community) -> None:
    browser = as_(bruno)
    for _click in range(2):
        assert browser.post(f"/communautes/{lyon.slug}/rejoindre/").status_code == 302
    assert Membership.objects.filter(person=bruno).count() == 1


def test_looking_joins_nothing(as_: As, bruno: Person, lyon: Community) -> None:
    assert as_(bruno).get(f"/communautes/{lyon.slug}/rejoindre/").status_code == 405
    assert not is_member(bruno, lyon)


def test_joining_asks_for_the_charter_first(as_: As, ines: Person, lyon: Community) -> None:
    as_(ines).post(f"/communautes/{lyon.slug}/rejoindre/")
    assert not is_member(ines, lyon)


def test_nobody_walks_into_a_community_on_request(as_: As, bruno: Person, essais: Community) -> None:
    assert as_(bruno).post(f"/communautes/{essais.slug}/rejoindre/").status_code == 403
    assert not is_member(bruno, essais)


@pytest.mark.parametrize("act", ["rejoindre", "suivre", "demander", "epingler", "decliner", "quitter", "inviter"])
def test_a_private_community_does_not_exist_for_strangers(
    as_: As, bruno: Person, karim: Person, cordon: Community, act: str
) -> None:
    for person in (bruno, karim):
        answer = as_(person).post(f"/communautes/{cordon.slug}/{act}/")
        assert answer.status_code == 404
        assert "Cordon" not in answer.content.decode()


def test_an_open_community_does_not_exist_for_a_guest(as_: As, driss: Person, lyon: Community) -> None:
    assert as_(driss).post(f"/communautes/{lyon.slug}/rejoindre/").status_code == 404
    assert as_(driss).get(f"/communautes/{lyon.slug}/a-propos/").status_code == 404


def test_joining_ends_following(bruno: Person, lyon: Community) -> None:
    actions.follow(person=bruno, community=lyon)
    actions.join(person=bruno, community=lyon)
    assert not Follow.objects.filter(person=bruno).exists()


def test_an_eighth_community_is_not_pinned(as_: As, bruno: Person, chloe: Person) -> None:
    for n in range(8):
        made = actions.found_open(person=chloe, name=f"Atelier {n}", purpose="Être là.", kind="site", access="open")
        actions.join(person=bruno, community=made)
    assert Membership.objects.filter(person=bruno, is_pinned=True).count() == 7

    answer = as_(bruno).post("/communautes/atelier-7/epingler/", {"on": 1}, follow=True)
    assert Membership.objects.filter(person=bruno, is_pinned=True).count() == 7
    assert "Détachez-en une" in answer.content.decode()

    as_(bruno).post("/communautes/atelier-0/epingler/", {"on": 0})
    as_(bruno).post("/communautes/atelier-7/epingler/", {"on": 1})
    assert Membership.objects.get(person=bruno, community__slug="atelier-7").is_pinned


# --- Following ------------------------------------------------------------------------------------------------------


def test_one_follows_without_joining_and_without_the_charter(as_: As, ines: Person, lyon: Community) -> None:
    browser = as_(ines)
    for _click in range(2):
        assert browser.post(f"/communautes/{lyon.slug}/suivre/", {"on": 1}).status_code == 302
    assert Follow.objects.filter(person=ines, community=lyon).count() == 1
    assert not is_member(ines, lyon)

    browser.post(f"/communautes/{lyon.slug}/suivre/?on=0")
    assert not Follow.objects.filter(person=ines).exists()


def test_ones_feed_is_what_one_joined_and_follows(amina: Person, bruno: Person, lyon: Community) -> None:
    assert lyon.audience_id in queries.feed_audience_ids(amina)
    assert lyon.audience_id not in queries.feed_audience_ids(bruno)
    actions.follow(person=bruno, community=lyon)
    assert lyon.audience_id in queries.feed_audience_ids(bruno)
    actions.unfollow(person=bruno, community=lyon)
    assert lyon.audience_id not in queries.feed_audience_ids(bruno)


def test_what_one_may_not_read_one_does_not_follow(as_: As, bruno: Person, essais: Community) -> None:
    assert as_(bruno).post(f"/communautes/{essais.slug}/suivre/", {"on": 1}).status_code == 403


# --- Invitations ----------------------------------------------------------------------------------------------------


def test_an_invited_colleague_finds_accepts_and_reads(
    as_: As, bruno: Person, chloe: Person, cordon: Community
) -> None:
    as_(chloe).post(f"/communautes/{cordon.slug}/inviter/", {"person": bruno.pk})
    page = as_(bruno).get("/communautes/").content.decode()
    assert "On vous invite" in page
    assert "Chloé Marchetti vous invite" in page
    assert not reads(bruno, cordon)

    as_(bruno).post(f"/communautes/{cordon.slug}/rejoindre/")
    assert reads(bruno, cordon)
    assert "On vous invite" not in as_(bruno).get("/communautes/").content.decode()


def test_declining_closes_the_door_again(as_: As, bruno: Person, chloe: Person, cordon: Community) -> None:
    actions.invite(by=chloe, person=bruno, community=cordon)
    browser = as_(bruno)
    for _click in range(2):
        assert browser.post(f"/communautes/{cordon.slug}/decliner/").status_code == 302
    assert browser.post(f"/communautes/{cordon.slug}/rejoindre/").status_code == 404
    browser.get("/communautes/")  # says « C’est noté » once
    assert "Cordon" not in browser.get("/communautes/").content.decode()


def test_an_invitation_of_long_ago_says_nothing_of_what_the_community_became(
    as_: As, bruno: Person, chloe: Person, cordon: Community
) -> None:
    for person in (bruno, lea := make_person("lea", "Léa Morel")):
        actions.invite(by=chloe, person=person, community=cordon)
    actions.join(person=bruno, community=cordon)
    actions.leave(person=bruno, community=cordon)
    actions.decline_invitation(person=lea, community=cordon)
    Invitation.objects.filter(person=lea).update(declined_at=timezone.now() - timedelta(days=1))
    for person in (bruno, lea):
        assert as_(person).post(f"/communautes/{cordon.slug}/decliner/").status_code == 404


def test_a_no_is_taken_back_for_a_while(as_: As, bruno: Person, chloe: Person, cordon: Community) -> None:
    actions.invite(by=chloe, person=bruno, community=cordon)
    browser = as_(bruno)
    page = browser.post(f"/communautes/{cordon.slug}/decliner/", follow=True).content.decode()
    assert f'action="/communautes/{cordon.slug}/decliner/?on=0"' in page
    browser.post(f"/communautes/{cordon.slug}/decliner/?on=0")
    assert "On vous invite" in browser.get("/communautes/").content.decode()

    browser.post(f"/communautes/{cordon.slug}/decliner/")
    Invitation.objects.update(declined_at=timezone.now() - timedelta(hours=2))
    browser.post(f"/communautes/{cordon.slug}/decliner/?on=0")
    assert browser.get(f"/communautes/{cordon.slug}/a-propos/").status_code == 404


def test_coming_in_by_invitation_is_not_undone_by_a_slip(
    as_: As, bruno: Person, chloe: Person, lyon: Community, cordon: Community
) -> None:
    actions.invite(by=chloe, person=bruno, community=cordon)
    browser = as_(bruno)
    page = browser.post(f"/communautes/{cordon.slug}/rejoindre/", follow=True).content.decode()
    assert f'action="/communautes/{cordon.slug}/quitter/"' not in page
    page = browser.post(f"/communautes/{lyon.slug}/rejoindre/", follow=True).content.decode()
    assert f'action="/communautes/{lyon.slug}/quitter/"' in page


def test_one_is_invited_once(as_: As, bruno: Person, chloe: Person, cordon: Community) -> None:
    browser = as_(chloe)
    browser.post(f"/communautes/{cordon.slug}/inviter/", {"person": bruno.pk})
    assert browser.post(f"/communautes/{cordon.slug}/inviter/", {"person": bruno.pk}).status_code == 302
    assert Invitation.objects.filter(person=bruno).count() == 1

    actions.decline_invitation(person=bruno, community=cordon)
    again = browser.post(f"/communautes/{cordon.slug}/inviter/", {"person": bruno.pk})
    assert again.status_code == 422
    assert "a déjà reçu une invitation" in again.content.decode()

    Invitation.objects.update(declined_at=timezone.now() - timedelta(days=31))
    assert browser.post(f"/communautes/{cordon.slug}/inviter/", {"person": bruno.pk}).status_code == 302


def test_a_member_invites_to_an_open_community_but_no_guest(
    as_: As, amina: Person, bruno: Person, driss: Person, lyon: Community
) -> None:
    assert as_(amina).post(f"/communautes/{lyon.slug}/inviter/", {"person": bruno.pk}).status_code == 302
    assert as_(amina).post(f"/communautes/{lyon.slug}/inviter/", {"person": driss.pk}).status_code == 403
    assert "Driss" not in as_(amina).get(f"/communautes/{lyon.slug}/inviter/", {"nom": "dri"}).content.decode()


def test_only_animators_invite_to_a_private_one(as_: As, amina: Person, bruno: Person, cordon: Community) -> None:
    assert as_(amina).get(f"/communautes/{cordon.slug}/inviter/").status_code == 403
    assert as_(amina).post(f"/communautes/{cordon.slug}/inviter/", {"person": bruno.pk}).status_code == 403


def test_a_guest_sees_the_one_he_was_invited_to_and_nothing_else(
    as_: As, chloe: Person, driss: Person, lyon: Community, essais: Community
) -> None:
    assert as_(chloe).post(f"/communautes/{essais.slug}/inviter/", {"person": driss.pk}).status_code == 302
    page = as_(driss).get("/communautes/").content.decode()
    assert "Atelier d’essais" in page
    assert "Qualité Lyon" not in page
    assert "Fonder" not in page

    as_(driss).post(f"/communautes/{essais.slug}/rejoindre/")
    assert reads(driss, essais)
    assert not reads(driss, lyon)


def test_invited_people_are_found_by_the_start_of_their_name(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    page = as_(chloe).get(f"/communautes/{lyon.slug}/inviter/", {"nom": "le g"}).content.decode()
    assert "Bruno Le Goff" in page
    assert "déjà membre" in as_(chloe).get(f"/communautes/{lyon.slug}/inviter/", {"nom": "benali"}).content.decode()


def test_somebody_suspended_is_not_invited(
    as_: As, bruno: Person, chloe: Person, karim: Person, lyon: Community
) -> None:
    people.suspend(person=bruno, by=karim)
    assert as_(chloe).post(f"/communautes/{lyon.slug}/inviter/", {"person": bruno.pk}).status_code == 404


# --- Leaving --------------------------------------------------------------------------------------------------------


def test_leaving_a_private_community_closes_it_at_once(as_: As, amina: Person, cordon: Community) -> None:
    browser = as_(amina)
    page = browser.get(f"/communautes/{cordon.slug}/quitter/").content.decode()
    assert "il faudra une invitation" in page

    answer = browser.post(f"/communautes/{cordon.slug}/quitter/", {"key": "quitter-0001"})
    assert answer["Location"] == "/communautes/"
    assert not reads(amina, cordon)
    assert browser.get(f"/communautes/{cordon.slug}/membres/").status_code == 404
    again = browser.post(f"/communautes/{cordon.slug}/quitter/", {"key": "quitter-0001"})
    assert again["Location"] == "/communautes/"


def test_one_may_come_back_to_an_open_community_in_a_gesture(as_: As, amina: Person, lyon: Community) -> None:
    answer = as_(amina).post(f"/communautes/{lyon.slug}/quitter/", follow=True)
    assert not is_member(amina, lyon)
    assert f'action="/communautes/{lyon.slug}/rejoindre/"' in answer.content.decode()


def test_the_last_animator_hands_over_before_leaving(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    browser = as_(chloe)
    answer = browser.post(f"/communautes/{lyon.slug}/quitter/", {"key": "quitter-0002"})
    assert answer.status_code == 422
    assert "Confiez-la d’abord" in answer.content.decode()
    assert is_member(chloe, lyon)

    actions.make_animator(by=chloe, person=amina, community=lyon)
    assert browser.post(f"/communautes/{lyon.slug}/quitter/", {"key": "quitter-0002"}).status_code == 302
    assert not is_member(chloe, lyon)


def test_leaving_where_one_is_not_changes_nothing(as_: As, lyon: Community) -> None:
    stranger = make_person("stranger", "Étranger Venu")
    assert as_(stranger).post(f"/communautes/{lyon.slug}/quitter/").status_code == 302
