"""Editing with history, deleting with undo."""

import re

import pytest
from django.utils import timezone

from parvis.contributions import actions
from parvis.contributions.models import Contribution
from parvis.contributions.rules import UNDO_FOR


def edit_url(contribution):
    return f"/c/{contribution.pk}/modifier/"


def test_an_edit_keeps_what_was_said_before(as_, amina, bruno, publication):
    as_(amina).post(edit_url(publication), {"title": "Argon pur", "text": "Douze", "based_on": 0})

    page = as_(bruno).get(f"/c/{publication.pk}/").content.decode()
    assert "Douze" in page
    assert "modifié" in page
    assert "Quel débit" in as_(bruno).get(f"/c/{publication.pk}/historique/").content.decode()


def test_the_form_shows_handles_again(as_, amina, bruno, lyon):
    from parvis.wall import actions as wall

    made = wall.publish(author=amina, audience_id=lyon.audience_id, text="Merci @bruno")
    page = as_(amina).get(edit_url(made)).content.decode()
    assert "Merci @bruno" in page
    assert "Bruno Le Goff" in page


def test_saying_the_same_changes_nothing(as_, amina, publication):
    as_(amina).post(edit_url(publication), {"title": "Argon", "text": "Quel débit ?", "based_on": 0})

    publication.refresh_from_db()
    assert publication.edited_at is None


def test_two_tabs_do_not_overwrite_each_other(as_, amina, publication):
    browser = as_(amina)
    browser.post(edit_url(publication), {"title": "", "text": "Premier onglet", "based_on": 0})
    response = browser.post(edit_url(publication), {"title": "", "text": "Second onglet", "based_on": 0})

    assert response.status_code == 422
    assert "Second onglet" in response.content.decode()
    publication.refresh_from_db()
    assert publication.text == "Premier onglet"

    # Told of it, one may send one's own over the other, which stays in the history.
    page = response.content.decode()
    seen = re.findall(r'name="based_on" value="(\d+)"', page)[0]
    again = browser.post(edit_url(publication), {"title": "", "text": "Second onglet", "based_on": seen})
    assert again.status_code == 302
    assert "Premier onglet" in browser.get(f"/c/{publication.pk}/historique/").content.decode()


def test_a_second_click_on_delete_is_answered_as_the_first(as_, amina, bruno, publication):
    browser = as_(amina)
    for _click in range(2):
        assert browser.post(f"/c/{publication.pk}/supprimer/")["Location"] == "/"
    assert as_(bruno).post(f"/c/{publication.pk}/supprimer/").status_code == 404


def test_only_the_author_edits(as_, bruno, publication):
    assert as_(bruno).get(edit_url(publication)).status_code == 403
    assert as_(bruno).post(edit_url(publication), {"text": "x", "based_on": 0}).status_code == 403


def test_deleted_is_out_of_sight_and_undone_by_its_author(as_, amina, bruno, publication):
    response = as_(amina).post(f"/c/{publication.pk}/supprimer/", follow=True)

    assert f"/c/{publication.pk}/retablir/" in response.content.decode()
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 404
    assert as_(bruno).post(f"/c/{publication.pk}/retablir/").status_code == 404
    as_(amina).post(f"/c/{publication.pk}/retablir/")
    assert as_(bruno).get(f"/c/{publication.pk}/").status_code == 200


def test_after_a_day_it_is_gone(as_, amina, publication):
    as_(amina).post(f"/c/{publication.pk}/supprimer/")
    Contribution.objects.update(deleted_at=timezone.now() - UNDO_FOR)

    assert as_(amina).post(f"/c/{publication.pk}/retablir/").status_code == 404


@pytest.mark.parametrize("act", ["supprimer", "modifier", "historique", "actions", "reactions", "signaler"])
def test_what_strangers_do_not_see_has_no_page(as_, bruno, secret, act):
    assert as_(bruno).get(f"/c/{secret.pk}/{act}/").status_code == 404


@pytest.mark.parametrize("part", ["", "carte/", "actions/", "commentaires/", "reactions/", "historique/"])
def test_a_comment_goes_out_of_sight_with_its_publication(as_, amina, bruno, publication, part):
    comment = actions.comment(author=bruno, on=publication, text="Douze, comme @amina")
    address = f"/c/{comment.pk}/{part}"
    assert as_(bruno).get(address).status_code in (200, 302)
    assert "Douze, comme" in as_(amina).get("/?vue=fil").content.decode()

    actions.delete(by=amina, contribution=publication)
    assert as_(bruno).get(address).status_code == 404
    assert "Douze, comme" not in as_(amina).get("/?vue=fil").content.decode()
