"""A key of one form, sent with another: it opens nothing that the other form did not make."""

from collections.abc import Callable

from django.test import Client

from parvis.communities.models import Community
from parvis.kernel.idempotency.models import UsedKey
from parvis.people.models import Person

KEY = "abcdefgh-1234"
FORM = {"name": "Vélo du midi", "purpose": "Rouler.", "kind": "interest", "access": "open", "key": KEY}


def test_the_key_of_a_publication_does_not_lead_to_a_private_community_of_the_same_number(
    as_: Callable[[Person], Client], bruno: Person, cordon: Community, lyon: Community
) -> None:
    browser = as_(bruno)
    browser.post(f"/communautes/{lyon.slug}/rejoindre/")
    browser.post("/publier/", {"audience": lyon.audience_id, "text": "Bonjour", "key": KEY})
    assert UsedKey.objects.update(result_id=cordon.pk) == 1

    answer = browser.post("/communautes/fonder/", FORM)
    assert answer["Location"] == "/communautes/velo-du-midi/"


def test_the_key_of_a_leaving_founds_once(as_: Callable[[Person], Client], amina: Person, lyon: Community) -> None:
    browser = as_(amina)
    browser.post(f"/communautes/{lyon.slug}/quitter/", {"key": KEY})
    for _ in range(2):
        assert browser.post("/communautes/fonder/", FORM)["Location"] == "/communautes/velo-du-midi/"
    assert Community.objects.filter(name="Vélo du midi").count() == 1
