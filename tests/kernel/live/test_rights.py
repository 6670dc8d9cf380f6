"""The hub's batched look says what the scope says, for everybody and in few queries."""

from collections.abc import Callable

import pytest
from django.test import Client

from parvis.communities.models import Community
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.audiences.models import Audience
from parvis.kernel.live.rights import Ask, granted_to, look
from parvis.people.models import Person
from parvis.wall import actions as wall


@pytest.fixture
def network(lyon: Community, cordon: Community, essais: Community, amina, bruno, chloe, driss, ines, karim):
    return [amina, bruno, chloe, driss, ines, karim]


def session_of(person: Person) -> str:
    browser = Client()
    browser.force_login(person)
    return str(browser.session.session_key)


@pytest.mark.django_db
def test_what_is_heard_is_what_the_scope_covers(network: list[Person], cordon: Community, amina: Person):
    wall.publish(author=amina, audience_id=cordon.audience_id, text="Entre nous")
    audiences = [f"a:{each}" for each in Audience.objects.values_list("pk", flat=True)]
    asks = [Ask(session_of(person), tuple(audiences)) for person in network]
    for person, answer in zip(network, look(asks), strict=True):
        expected = {f"a:{each}" for each in Person.objects.get(pk=person.pk).scope().audience_ids}
        assert answer.person_id == person.pk
        assert answer.granted.keys() == expected == granted_to(person, audiences).keys()


@pytest.mark.django_db
def test_a_thousand_who_come_back_cost_no_more_queries_than_one(
    network: list[Person], lyon: Community, amina: Person, django_assert_num_queries
):
    said = [wall.publish(author=amina, audience_id=lyon.audience_id, text=f"{n}") for n in range(5)]
    topics = (f"a:{company_audience_id()}", f"a:{lyon.audience_id}", *(f"c:{each.pk}" for each in said))
    keys = [session_of(person) for person in network]
    for sessions in (keys[:1], keys * 20):
        asks = [Ask(key, topics) for key in sessions]
        with django_assert_num_queries(7):
            look(asks)


@pytest.mark.django_db
def test_the_fallback_says_the_versions_of_what_may_be_heard(
    as_: Callable[[Person], Client], lyon: Community, cordon: Community, amina: Person, bruno: Person
):
    said = wall.publish(author=amina, audience_id=lyon.audience_id, text="Bonjour")
    topics = [f"a:{lyon.audience_id}", f"c:{said.pk}", f"a:{cordon.audience_id}", "x", f"p:{amina.pk}"]
    answer = as_(bruno).get("/live/versions/", {"t": ",".join(topics)})
    assert answer.json() == {topics[0]: said.pk, topics[1]: 1}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_the_fallback_refuses_strangers_and_endless_lists(as_: Callable[[Person], Client], bruno: Person):
    assert Client().get("/live/versions/", {"t": "a:1"}).status_code == 401
    assert as_(bruno).get("/live/versions/", {"t": ",".join(f"c:{n}" for n in range(401))}).status_code == 400
