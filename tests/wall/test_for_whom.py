"""« Pour qui ? »: where one may publish, and who would read it."""

import pytest
from django.core.exceptions import PermissionDenied

from parvis.communities import actions as communities
from parvis.contributions.models import Contribution
from parvis.kernel.audiences.actions import company_audience_id
from parvis.wall import actions as wall


def said(browser, audience_id):
    answer = browser.get("/publier/pour-qui/", {"audience": audience_id})
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_each_place_says_who_reads_it(as_, amina, bruno, lyon, cordon):
    browser = as_(amina)
    assert "Visible par toute l’entreprise, dans Qualité Lyon." in said(browser, lyon.audience_id)
    assert "Visible par les 2 membres, dans Cordon bleu." in said(browser, cordon.audience_id)
    assert "Les invités ne le voient pas." in said(browser, company_audience_id())
    assert said(as_(bruno), cordon.audience_id) == 404


def test_guests_are_counted_where_there_are_some(as_, amina, chloe, driss, lyon, cordon):
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    browser = as_(amina)
    assert "Dont 1 personne invitée." in said(browser, cordon.audience_id)
    assert "invitée" not in said(browser, lyon.audience_id)


def test_to_read_a_community_is_not_to_publish_in_it(bruno, lyon):
    with pytest.raises(PermissionDenied):
        wall.publish(author=bruno, audience_id=lyon.audience_id, text="Je passe")
    assert not Contribution.objects.exists()


def test_a_guest_publishes_in_their_community_and_nowhere_else(as_, chloe, driss, cordon):
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    browser = as_(driss)
    for audience_id, status in ((company_audience_id(), 422), (cordon.audience_id, 302)):
        assert browser.post("/publier/", {"audience": audience_id, "text": "Bonjour"}).status_code == status
    assert Contribution.objects.get().audience_id == cordon.audience_id
