"""A form that is refused as a whole gives back what was typed in it."""

from collections.abc import Callable

import pytest
from django.test import Client

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions.models import Contribution
from parvis.people import actions as people
from parvis.people.models import Person

As = Callable[[Person], Client]
OURS = {"Origin": "http://testserver"}
TEXT = "Trois lignes\nque je ne veux pas\nretaper <b>"


def given_back(page: str) -> bool:
    return "Trois lignes\nque je ne veux pas\nretaper &lt;b&gt;</textarea>" in page


def test_who_is_taken_out_while_commenting_keeps_the_words(
    as_: As, amina: Person, chloe: Person, cordon: Community, secret: Contribution
) -> None:
    browser = as_(amina)
    communities.let_go(by=chloe, person=amina, community=cordon, reason="Assez")

    answer = browser.post(f"/c/{secret.pk}/commentaires/", {"text": TEXT}, headers=OURS)
    assert answer.status_code == 404
    assert given_back(answer.content.decode())


def test_who_is_taken_out_while_publishing_keeps_them_in_the_form(
    as_: As, amina: Person, chloe: Person, cordon: Community
) -> None:
    browser = as_(amina)
    communities.let_go(by=chloe, person=amina, community=cordon, reason="Assez")

    answer = browser.post("/publier/", {"audience": cordon.audience_id, "text": TEXT}, headers=OURS)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert given_back(page)
    assert "Choisissez un autre endroit" in page


def test_who_is_suspended_while_writing_keeps_them_before_the_door(
    as_: As, amina: Person, karim: Person, lyon: Community
) -> None:
    browser = as_(amina)
    people.suspend(person=amina, by=karim)

    sent = {"audience": lyon.audience_id, "title": "Buse", "text": TEXT, "key": "une-cle-de-plus"}
    answer = browser.post("/publier/", sent, headers={**OURS, "Referer": "http://testserver/publier/"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert given_back(page)
    assert ">Buse</textarea>" in page.replace("\n", "")
    assert "une-cle-de-plus" not in page
    assert 'href="/connexion/?next=%2Fpublier%2F"' in page
    assert not Contribution.objects.exists()


def test_who_typed_nothing_is_shown_the_door_at_once(client: Client, lyon: Community) -> None:
    answer = client.post(f"/communautes/{lyon.slug}/rejoindre/", headers=OURS)
    assert answer["Location"].startswith("/connexion/")


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", ""])
def test_a_form_of_another_site_puts_no_words_in_our_mouth(client: Client, db: None, origin: str) -> None:
    answer = Client(enforce_csrf_checks=True).post("/publier/", {"text": TEXT}, headers={"Origin": origin})
    assert not given_back(answer.content.decode())


def test_a_secret_is_not_given_back(as_: As, amina: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(amina)
    sent = {"current_password": "trois mots secrets", "password": "quatre mots bien secrets", "text": TEXT}
    answer = browser.post("/moi/mot-de-passe/", sent, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert given_back(page)
    assert "secrets" not in page
