"""Sharing and handing over the work, taking somebody out, the settings."""

import re

import pytest
from django.http import HttpResponse

from parvis.communities import actions, rules
from parvis.communities.models import Community, Follow, Membership
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.scene import FORM, As, is_member, reads


def test_an_animator_makes_another(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    as_(chloe).post(f"/communautes/{lyon.slug}/animer/", {"person": amina.pk})
    assert rules.may_animate(amina, lyon)
    assert rules.may_animate(chloe, lyon)


def test_an_animator_hands_over(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    as_(chloe).post(f"/communautes/{lyon.slug}/animer/", {"person": amina.pk, "instead": 1})
    assert rules.may_animate(amina, lyon)
    assert not rules.may_animate(chloe, lyon)
    assert is_member(chloe, lyon)


def test_a_second_click_on_handing_over_or_stepping_down_is_answered_as_the_first(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    browser = as_(chloe)
    for _click in range(2):
        answer = browser.post(f"/communautes/{lyon.slug}/animer/", {"person": amina.pk, "instead": "1"})
        assert answer["Location"] == f"/communautes/{lyon.slug}/membres/"
    for _click in range(2):
        assert browser.post(f"/communautes/{lyon.slug}/ne-plus-animer/").status_code == 302


def test_the_last_animator_does_not_step_down(as_: As, chloe: Person, lyon: Community) -> None:
    answer = as_(chloe).post(f"/communautes/{lyon.slug}/ne-plus-animer/")
    assert answer.status_code == 422
    assert rules.may_animate(chloe, lyon)


def test_a_guest_never_animates(as_: As, chloe: Person, driss: Person, lyon: Community) -> None:
    actions.invite(by=chloe, person=driss, community=lyon)
    actions.join(person=driss, community=lyon)
    assert as_(chloe).post(f"/communautes/{lyon.slug}/animer/", {"person": driss.pk}).status_code == 422
    assert not rules.may_animate(driss, lyon)


@pytest.mark.parametrize("act", ["animer", "reglages"])
def test_members_do_not_animate(as_: As, amina: Person, bruno: Person, lyon: Community, act: str) -> None:
    for person in (amina, bruno):
        assert as_(person).post(f"/communautes/{lyon.slug}/{act}/", {"person": amina.pk}).status_code == 403


def test_a_member_takes_up_what_nobody_animates(
    as_: As, amina: Person, bruno: Person, chloe: Person, karim: Person, lyon: Community
) -> None:
    assert as_(amina).post(f"/communautes/{lyon.slug}/reprendre/").status_code == 403
    people.suspend(person=chloe, by=karim)
    assert "J’anime" in as_(amina).get(f"/communautes/{lyon.slug}/a-propos/").content.decode()
    assert as_(bruno).post(f"/communautes/{lyon.slug}/reprendre/").status_code == 403
    assert as_(amina).post(f"/communautes/{lyon.slug}/reprendre/").status_code == 302
    assert rules.may_animate(amina, lyon)


def test_the_charter_is_asked_before_animating(as_: As, ines: Person, chloe: Person, lyon: Community) -> None:
    Membership.objects.create(person=ines, community=lyon, role=Membership.Role.ANIMATOR)
    as_(ines).post(f"/communautes/{lyon.slug}/animer/", {"person": chloe.pk})
    as_(ines).post(f"/communautes/{lyon.slug}/reglages/", FORM)
    lyon.refresh_from_db()
    assert lyon.name == "Qualité Lyon"


# --- Taking somebody out --------------------------------------------------------------------------------------------


def test_who_is_taken_out_reads_why_and_does_not_walk_back_in(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    url = f"/communautes/{lyon.slug}/membres/{amina.pk}/retirer/"
    browser = as_(chloe)
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"word": ""}).status_code == 422
    assert is_member(amina, lyon)

    for _click in range(2):
        assert browser.post(url, {"word": "Des mots contre une personne."}).status_code == 302
    assert not is_member(amina, lyon)
    page = as_(amina).get("/communautes/").content.decode()
    assert "Chloé Marchetti vous a fait sortir" in page
    assert "Des mots contre une personne." in page
    assert as_(amina).post(f"/communautes/{lyon.slug}/rejoindre/").status_code == 403

    as_(amina).post(f"/communautes/retraits/{amina.removals.get().pk}/lu/")
    assert "vous a fait sortir" not in as_(amina).get("/communautes/").content.decode()


def test_who_was_taken_out_does_not_learn_a_new_name(as_: As, amina: Person, chloe: Person, cordon: Community) -> None:
    as_(chloe).post(f"/communautes/{cordon.slug}/membres/{amina.pk}/retirer/", {"word": "Assez."})
    Community.objects.update(name="Projet secret")

    page = as_(amina).get("/communautes/").content.decode()
    assert "vous a fait sortir de «\u00a0Cordon bleu\u00a0»" in page
    assert "Projet secret" not in page


def test_an_invitation_lets_them_back(as_: As, amina: Person, chloe: Person, bruno: Person, lyon: Community) -> None:
    actions.let_go(by=chloe, person=amina, community=lyon, reason="Un malentendu.")
    actions.join(person=bruno, community=lyon)
    assert as_(bruno).post(f"/communautes/{lyon.slug}/inviter/", {"person": amina.pk}).status_code == 422
    assert as_(chloe).post(f"/communautes/{lyon.slug}/inviter/", {"person": amina.pk}).status_code == 302
    assert as_(amina).post(f"/communautes/{lyon.slug}/rejoindre/").status_code == 302
    assert is_member(amina, lyon)


def test_animators_do_not_take_each_other_out(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    actions.make_animator(by=chloe, person=amina, community=lyon)
    url = f"/communautes/{lyon.slug}/membres/{amina.pk}/retirer/"
    assert as_(chloe).post(url, {"word": "Je reste seule."}).status_code == 422
    assert is_member(amina, lyon)


def test_another_ones_removal_is_not_theirs_to_close(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    actions.let_go(by=chloe, person=amina, community=lyon, reason="Un malentendu.")
    assert as_(bruno).post(f"/communautes/retraits/{amina.removals.get().pk}/lu/").status_code == 404
    assert amina.removals.get().read_at is None


# --- Settings -------------------------------------------------------------------------------------------------------


def _settings(community: Community, **changes: object) -> dict[str, object]:
    kept = {name: getattr(community, name) for name in ("name", "purpose", "rules", "kind", "icon", "hue", "access")}
    return kept | changes


def test_an_animator_changes_the_words(as_: As, chloe: Person, lyon: Community) -> None:
    changes = _settings(lyon, name="Qualité de Lyon", rules="Dire aussi ce qui rate.", hue=150, icon="shield-check")
    assert as_(chloe).post(f"/communautes/{lyon.slug}/reglages/", changes).status_code == 302
    lyon.refresh_from_db()
    assert (lyon.name, lyon.sort_key, lyon.hue, lyon.slug) == (
        "Qualité de Lyon",
        "qualite de lyon",
        150,
        "qualite-lyon",
    )


def test_two_animators_do_not_undo_each_other_unseen(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    actions.make_animator(by=chloe, person=amina, community=lyon)
    url = f"/communautes/{lyon.slug}/reglages/"
    opened = mark_in(as_(amina).get(url))
    first = _settings(lyon, purpose="De Chloé.", based_on=opened)
    for _click in range(2):
        assert as_(chloe).post(url, first).status_code == 302

    second = _settings(lyon, rules="D’Amina.", based_on=opened)
    refused = as_(amina).post(url, second)
    assert refused.status_code == 422
    assert "changés entre-temps" in refused.content.decode()
    assert "D’Amina." in refused.content.decode()
    lyon.refresh_from_db()
    assert (lyon.purpose, lyon.rules) == ("De Chloé.", "")

    assert as_(amina).post(url, second | {"based_on": mark_in(refused)}).status_code == 302


def mark_in(page: HttpResponse) -> str:
    return re.findall(r'name="based_on" value="(\w+)"', page.content.decode())[0]


def test_a_taken_name_is_refused_in_the_settings_too(
    as_: As, chloe: Person, lyon: Community, essais: Community
) -> None:
    answer = as_(chloe).post(f"/communautes/{essais.slug}/reglages/", _settings(essais, name="qualité lyon"))
    assert answer.status_code == 422
    essais.refresh_from_db()
    assert essais.name == "Atelier d’essais"


def test_closing_is_asked_once_more_then_followers_read_no_more(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    actions.follow(person=bruno, community=lyon)
    url = f"/communautes/{lyon.slug}/reglages/"
    asked = as_(chloe).post(url, _settings(lyon, access="on_request", purpose="Une phrase neuve."))
    assert asked.status_code == 422
    assert "Une phrase neuve." in asked.content.decode()
    assert reads(bruno, lyon)

    as_(chloe).post(url, _settings(lyon, access="on_request", confirmed="on_request"))
    assert not reads(bruno, lyon)
    assert reads(amina, lyon)
    assert not Follow.objects.exists()


def test_a_community_made_private_changes_address(as_: As, bruno: Person, chloe: Person, lyon: Community) -> None:
    former = lyon.slug
    as_(chloe).post(f"/communautes/{former}/reglages/", _settings(lyon, access="private", confirmed="private"))
    lyon.refresh_from_db()
    assert lyon.slug != former
    assert as_(bruno).get(f"/communautes/{former}/a-propos/").status_code == 404
    assert as_(bruno).post("/communautes/fonder/", FORM | {"name": "Qualité Lyon"})["Location"].endswith(f"/{former}/")


def test_what_people_entered_does_not_open_up(as_: As, bruno: Person, chloe: Person, cordon: Community) -> None:
    url = f"/communautes/{cordon.slug}/reglages/"
    answer = as_(chloe).post(url, _settings(cordon, access="open", confirmed="open"))
    assert answer.status_code == 422
    assert 'id="id_access-error"' in answer.content.decode()
    assert not reads(bruno, cordon)


def test_what_one_wrote_alone_does_not_open_up_either(as_: As, chloe: Person, essais: Community) -> None:
    actions.note_exchange(audience_id=essais.audience_id, at=essais.founded_at)
    url = f"/communautes/{essais.slug}/reglages/"
    assert as_(chloe).post(url, _settings(essais, access="open", confirmed="open")).status_code == 422


def test_an_empty_community_opens_up(as_: As, bruno: Person, chloe: Person, essais: Community) -> None:
    url = f"/communautes/{essais.slug}/reglages/"
    assert as_(chloe).post(url, _settings(essais, access="open", confirmed="open")).status_code == 302
    assert reads(bruno, essais)
