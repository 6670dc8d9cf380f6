"""Founding a community."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from parvis.communities import actions, rules
from parvis.communities.models import Community
from parvis.people.models import Person
from tests.communities.scene import FORM, As
from tests.conftest import make_person

BLNS = Path("/work/shared/data/hostile/blns/blns.json")


def test_who_founds_animates_and_reads(as_: As, bruno: Person) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM)

    community = Community.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/communautes/{community.slug}/"
    assert (community.slug, community.kind, community.icon, community.hue) == ("soudage-et-inox", "trade", "flame", 60)
    assert rules.may_animate(bruno, community)
    assert rules.may_publish(bruno, community)
    assert "Soudage et inox" in as_(bruno).get(f"/communautes/{community.slug}/a-propos/").content.decode()


def test_a_double_click_founds_once(as_: As, bruno: Person) -> None:
    browser = as_(bruno)
    first, second = browser.post("/communautes/fonder/", FORM), browser.post("/communautes/fonder/", FORM)

    assert Community.objects.count() == 1
    assert second["Location"] == first["Location"]


def test_an_error_names_the_field_and_keeps_what_was_typed(as_: As, bruno: Person) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"purpose": "", "access": "", "name": "Pétanque"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Pétanque"' in page
    assert 'id="id_purpose-error"' in page
    assert 'id="id_access-error"' in page
    assert 'value="une-cle-de-formulaire"' in page
    assert not Community.objects.exists()


def test_a_name_that_everybody_finds_is_taken_whatever_its_accents(as_: As, bruno: Person, lyon: Community) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"name": "qualite  LYON"})

    assert answer.status_code == 422
    assert "« Qualité Lyon » existe déjà" in answer.content.decode()


def test_the_name_and_the_address_of_a_private_community_are_free(
    as_: As, bruno: Person, cordon: Community
) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"name": "Cordon bleu"})

    assert answer["Location"] == "/communautes/cordon-bleu/"
    assert cordon.slug.startswith("cordon-bleu-")


def test_two_private_communities_may_have_one_name(as_: As, bruno: Person, cordon: Community) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"name": "Cordon bleu", "access": "private"})

    assert answer.status_code == 302
    assert Community.objects.filter(name="Cordon bleu").count() == 2


def test_a_guest_does_not_found(as_: As, driss: Person) -> None:
    assert as_(driss).get("/communautes/fonder/").status_code == 403
    assert as_(driss).post("/communautes/fonder/", FORM).status_code == 403
    assert not Community.objects.exists()


def test_founding_asks_for_the_charter_first(as_: As, ines: Person) -> None:
    as_(ines).post("/communautes/fonder/", FORM)

    assert not Community.objects.exists()


@pytest.mark.parametrize("name", ["焊接", "Fonder", "🔥🔥", "--", "a/b\\c", "x" * 90, "ﷺ" * 90, "œuf " * 22])
def test_any_name_has_an_address(as_: As, bruno: Person, name: str) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"name": name})

    assert answer.status_code == 302
    assert as_(bruno).get(answer["Location"] + "a-propos/").status_code == 200


@pytest.mark.parametrize("name", ["", " ", "x", "\u200b\u200b", "\u202e\u202d", "x" * 91, "\t\n", "\0\0"])
def test_some_names_are_refused(as_: As, bruno: Person, name: str) -> None:
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"name": name})

    assert answer.status_code == 422
    assert 'id="id_name-error"' in answer.content.decode()


@pytest.mark.skipif(not BLNS.exists(), reason="the lists of hostile strings are not on this machine")
def test_naughty_strings_are_kept_or_refused_never_run(as_: As, bruno: Person) -> None:
    import json

    browser = as_(bruno)
    for number, text in enumerate(json.loads(BLNS.read_text())):
        fields = {"name": text, "purpose": text, "rules": text, "access": "private", "key": f"naughty-{number:04}"}
        answer = browser.post("/communautes/fonder/", FORM | fields)
        assert answer.status_code in (302, 422), text
    for community in Community.objects.order_by("pk"):
        page = browser.get(f"/communautes/{community.slug}/a-propos/")
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_founders_of_one_name_at_once_make_one_community() -> None:
    founders = [make_person(f"founder{n}", f"Fondateur {n}") for n in range(4)]
    refused: list[Exception] = []
    start = threading.Barrier(len(founders))

    def found(person: Person) -> None:
        start.wait()
        try:
            actions.found(person=person, name="Covoiturage", purpose="Partager.", kind="interest", access="open")
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=found, args=[person]) for person in founders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Community.objects.filter(sort_key="covoiturage").count() == 1
    assert [type(error).__name__ for error in refused] == ["ValidationError"] * 3
    assert all("name" in error.message_dict for error in refused)  # type: ignore[attr-defined]
