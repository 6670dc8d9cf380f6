"""Acts that cost the server much, or that guess: so often, and no more for a while."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from parvis.people.models import Person

COMMUNITY = {"name": "Vélo", "purpose": "Rouler.", "kind": "interest", "access": "private"}


@pytest.mark.parametrize(
    ("address", "form", "most"),
    [
        ("/moi/mot-de-passe/", {"present": "deviné", "password": "une place devant la maison commune"}, 10),
        ("/moi/photo/", {}, 6),
        ("/communautes/fonder/", COMMUNITY, 30),
    ],
)
def test_somebody_who_insists_is_asked_to_wait(
    as_: Callable[[Person], Client], bruno: Person, address: str, form: dict[str, str], most: int
) -> None:
    browser = as_(bruno)
    for _ in range(most):
        assert browser.post(address, form).status_code in (302, 422)
    refusal = browser.post(address, form)
    assert refusal.status_code == 429
    assert int(refusal["Retry-After"]) > 0


def test_many_names_do_not_push_out_what_was_counted() -> None:
    cache.set("limit:first", 1, timeout=60)
    for number in range(5000):
        cache.set(f"limit:{number}", 1, timeout=60)
    assert cache.get("limit:first") == 1
