"""Several acts that would undo each other, at the same moment."""

from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from parvis.communities import actions
from parvis.communities.models import Community, EntryRequest, Membership
from parvis.people.models import Person
from tests.communities.rivals import Rivals
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]

MANY = 24


@pytest.fixture
def pair() -> tuple[Community, Person, Person]:
    """Animated by two, with a member."""
    one, two, member = (make_person(f"p{n}", f"Personne {n}") for n in range(3))
    made = actions.found_open(person=one, name="Relève", purpose="Durer.", kind="site", access="on_request")
    for person in (two, member):
        actions.invite(by=one, person=person, community=made)
        actions.join(person=person, community=made)
    actions.make_animator(by=one, person=two, community=made)
    return made, one, two


def animators_of(community: Community) -> int:
    return Membership.objects.filter(community=community, role=Membership.Role.ANIMATOR).count()


def test_two_animators_who_remove_each_other_both_stay(pair: tuple[Community, Person, Person], tmp_path: Path) -> None:
    """Who animates is taken out by nobody: they talk."""
    community, one, two = pair
    rivals = Rivals(tmp_path)
    let_go = partial(actions.let_go, community=community, reason="Pas d’accord.")
    results = rivals.at_once([partial(let_go, by=one, person=two), partial(let_go, by=two, person=one)])
    assert [type(result) for result in results] == [ValidationError, ValidationError]
    assert "parlez-en ensemble" in str(results[0])
    assert rivals.look(partial(animators_of, community)) == 2


def test_two_animators_who_step_down_at_once_leave_one(pair: tuple[Community, Person, Person], tmp_path: Path) -> None:
    community, one, two = pair
    rivals = Rivals(tmp_path)
    results = rivals.at_once([partial(actions.step_down, person=who, community=community) for who in (one, two)])
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "ValidationError"]
    assert rivals.look(partial(animators_of, community)) == 1


def test_who_hands_over_to_somebody_that_is_let_go_at_that_moment_leaves_nobody_alone(
    pair: tuple[Community, Person, Person], tmp_path: Path
) -> None:
    community, one, two = pair
    member = Person.objects.get(identifier="p2")
    actions.step_down(person=two, community=community)
    rivals = Rivals(tmp_path)
    rivals.at_once(
        [
            partial(actions.hand_over, by=one, person=member, community=community),
            partial(actions.let_go, by=one, person=member, community=community, reason="Au revoir."),
        ]
    )
    assert rivals.look(partial(animators_of, community)) == 1


def test_many_who_ask_at_once_each_wait_once_and_are_told(
    pair: tuple[Community, Person, Person], tmp_path: Path
) -> None:
    community, _one, _two = pair
    people = [make_person(f"m{n:03d}", f"Demande {n:03d}") for n in range(MANY)]
    rivals = Rivals(tmp_path)
    results = rivals.at_once([partial(actions.ask_to_enter, person=person, community=community) for person in people])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert rivals.look(EntryRequest.objects.filter(decided_at__isnull=True).count) == MANY


def test_a_request_answered_by_two_at_once_has_one_answer(
    pair: tuple[Community, Person, Person], tmp_path: Path
) -> None:
    community, one, two = pair
    asked = actions.ask_to_enter(person=make_person("m", "Demande"), community=community)
    rivals = Rivals(tmp_path)
    results = rivals.at_once(
        [
            partial(actions.decide_entry, by=by, request=asked, is_accepted=is_accepted)
            for by, is_accepted in ((one, True), (two, False))
        ]
    )
    assert len({result.is_accepted for result in results}) == 1
