"""Founding a community."""

import contextlib
import json
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from parvis.communities import actions, rules
from parvis.communities.models import Community
from parvis.people.models import Person
from tests.communities.rivals import Rivals
from tests.communities.scene import FORM, As
from tests.conftest import make_person

BLNS = Path(__file__).parents[3] / "shared/data/hostile/blns/blns.json"


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
    assert "« Qualité Lyon » existe déjà" in answer.content.decode()


def test_the_name_and_the_address_of_a_private_community_are_free(as_: As, bruno: Person, cordon: Community) -> None:
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
    for text in json.loads(BLNS.read_text()):
        with contextlib.suppress(ValidationError):
            actions.found(person=bruno, name=text, purpose=text, rules=text, kind="trade", access="private")
    marked = Community.objects.filter(name__contains="<")
    assert marked.count() > 50

    browser = as_(bruno)
    for community in marked.order_by("pk")[::10]:
        page = browser.get(f"/communautes/{community.slug}/a-propos/")
        assert page.status_code == 200
        assert community.name not in page.content.decode()
    assert browser.get("/communautes/", {"nom": "<script>"}).status_code == 200


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_founders_of_one_name_at_once_make_one_community(tmp_path: Path) -> None:
    founders = [make_person(f"founder{n}", f"Fondateur {n}") for n in range(4)]
    rivals = Rivals(tmp_path)
    given = {"name": "Covoiturage", "purpose": "Partager.", "kind": "interest", "access": "open"}
    results = rivals.at_once([partial(actions.found, person=person, **given) for person in founders])

    assert sum(isinstance(result, Community) for result in results) == 1
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [list(error.message_dict) for error in refused] == [["name"]] * 3


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_private_founders_of_one_name_at_once_never_meet(tmp_path: Path) -> None:
    founders = [make_person(f"founder{n}", f"Fondateur {n}") for n in range(4)]
    rivals = Rivals(tmp_path)
    given = {"name": "Covoiturage", "purpose": "Partager.", "kind": "interest", "access": "private"}
    results = rivals.at_once([partial(actions.found, person=person, **given) for person in founders])

    assert len({community.slug for community in results}) == 4


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_animators_who_leave_at_once_do_not_both_leave(tmp_path: Path) -> None:
    one, two, member = (make_person(f"p{n}", f"Personne {n}") for n in range(3))
    community = actions.found_open(person=one, name="Relève", purpose="Durer.", kind="site", access="open")
    for person in (two, member):
        actions.join(person=person, community=community)
    actions.make_animator(by=one, person=two, community=community)
    rivals = Rivals(tmp_path)
    results = rivals.at_once([partial(actions.leave, person=person, community=community) for person in (one, two)])

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "ValidationError"]
    assert rivals.look(lambda: rules.may_take_up(member, community)) is False


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_join_once(tmp_path: Path) -> None:
    founder, person = make_person("founder", "Fondatrice"), make_person("person", "Personne")
    community = actions.found_open(person=founder, name="Vélo", purpose="Rouler.", kind="interest", access="open")
    rivals = Rivals(tmp_path)
    results = rivals.at_once([partial(actions.join, person=person, community=community)] * 4)

    assert len({membership.pk for membership in results}) == 1
