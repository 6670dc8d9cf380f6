"""Pages of communities open for those who may see them, and for nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from parvis.communities.models import Community
from parvis.people.models import Person

As = Callable[[Person], Client]


@pytest.mark.parametrize("page", ["", "a-propos/", "membres/", "quitter/", "inviter/", "reglages/"])
def test_an_animator_opens_every_page(page: str, as_: As, chloe: Person, lyon: Community) -> None:
    answer = as_(chloe).get(f"/communautes/{lyon.slug}/{page}")
    assert answer.status_code == 200
    assert "Qualité Lyon" in answer.content.decode()


def test_all_communities_and_founding_open(as_: As, chloe: Person, lyon: Community) -> None:
    assert as_(chloe).get("/communautes/").status_code == 200
    assert as_(chloe).get("/communautes/fonder/").status_code == 200
