"""No reason of « Qui sait… ? », and no line of a profile, ever names a contribution, a community or a person that its
reader may not see: random networks, each told from a plain model of who is where."""

import random
import re
from html import unescape

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions.models import Contribution
from parvis.directory import actions as directory
from parvis.directory.queries.knowers import who_knows
from parvis.directory.queries.skills import skills_of
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.people.skill_list import the_skills
from parvis.wall import actions as wall
from tests.conftest import make_person

ACCESSES = ("open", "on_request", "private")
QUESTIONS = ("souder", "souder l’inox", "soudeuse", "fonderie", "forge soudage")


class Network:
    """Six colleagues and two guests, three communities of a métier, what each says, shows and confirms."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        titles = ("Soudeuse", "Fondeur", "")
        self.people = [make_person(f"x{n}", f"Unique{n} Nom", title=chance.choice(titles)) for n in range(6)]
        self.people += [make_person(f"g{n}", f"Hôte{n} Nom", is_guest=True) for n in range(2)]
        self.karim = make_person("adm", "Karim Admin", is_administrator=True)
        self.members: dict[int, set[int]] = {}
        self.places: list[Community] = []
        for n, access in enumerate(ACCESSES):
            self.found(n, access)
        self.written: dict[int, Community] = {}
        self.say()
        for person in chance.sample(self.people, 2):
            people.suspend(person=person, by=self.karim)

    def found(self, n: int, access: str) -> None:
        founder = self.chance.choice(self.people[:6])
        place = communities.found_open(
            person=founder, name=f"Soudage secret{n}", purpose="Un but.", kind="trade", access=access
        )
        self.places.append(place)
        self.members[place.pk] = {founder.pk}
        for person in self.people:
            if person != founder and self.chance.random() < 0.4:
                communities.invite(by=founder, person=person, community=place)
                communities.join(person=person, community=place)
                self.members[place.pk].add(person.pk)

    def say(self) -> None:
        skills = [the_skills().named(name) for name in ("Soudage TIG", "Soudage de l’inox", "Fonderie")]
        lines = []
        for person in self.people:
            person.forget_scope()
            for skill in self.chance.sample(skills, 2):
                assert skill is not None
                held = people.state_skill(
                    person=person, skill_id=skill.id, word=self.chance.choice(("", "soudage fin"))
                )
                lines.append(held)
                here = [place for place in self.places if person.pk in self.members[place.pk]]
                if here:
                    place = self.chance.choice(here)
                    made = wall.publish(
                        author=person, audience_id=place.audience_id, text=f"ecrit{len(self.written)}x"
                    )
                    self.written[made.pk] = place
                    directory.show_with(person=person, held=held, contribution=made)
        for held in lines:
            for person in self.chance.sample(self.people, 3):
                person.forget_scope()
                if person.pk != held.person_id and people_see(self, person, held.person):
                    people.confirm_skill(by=person, held=held)

    # The plain model.

    def reads(self, reader: Person, place: Community) -> bool:
        return reader.pk in self.members[place.pk] or (place.access == "open" and not reader.is_guest)

    def finds(self, reader: Person, place: Community) -> bool:
        return self.reads(reader, place) or (place.access != "private" and not reader.is_guest)

    def sees(self, reader: Person, person: Person) -> bool:
        if not reader.is_guest or reader.pk == person.pk:
            return True
        return any({reader.pk, person.pk} <= some for some in self.members.values())


def people_see(network: Network, one: Person, other: Person) -> bool:
    return network.sees(one, other) and network.sees(other, one)


def names_in(text: str) -> set[str]:
    return set(re.findall(r"(?:Unique|Hôte)\d", unescape(text)))


@pytest.mark.django_db
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=10**6))
def test_no_reason_names_what_its_reader_may_not_see(db: None, seed: int) -> None:
    with transaction.atomic():
        network = Network(random.Random(seed))
        for reader in random.Random(seed).sample(network.people, 3):
            reader = Person.objects.get(pk=reader.pk)
            if reader.suspended_at:
                continue
            look(network, reader)
        transaction.set_rollback(True)


def look(network: Network, reader: Person) -> None:
    visible = {f"{one.name.split()[0]}" for one in network.people if network.sees(reader, one)}
    readable = {pk for pk, place in network.written.items() if network.reads(reader, place)}
    found = [
        *(one for words in QUESTIONS for one in who_knows(words=words, reader=reader)),
        *(
            one
            for place in network.places
            if network.finds(reader, place)
            for one in who_knows(words="", reader=reader, community=place)
        ),
    ]
    for one in found:
        person = Person.objects.get(pk=one.person.pk)
        assert network.sees(reader, person)
        assert person.suspended_at is None
        assert person.pk != reader.pk
        assert one.reasons, "nobody is proposed without a reason"
        for reason in one.reasons:
            assert names_in(reason.confirmed) <= visible
            assert {shown.pk for shown in reason.shown} <= readable
            if reason.community is not None:
                place = next(place for place in network.places if place.pk == reason.community.pk)
                assert network.finds(reader, place)
                assert network.reads(reader, place) or reason.kind == "animates"
    for person in network.people:
        if network.sees(reader, person):
            for line in skills_of(person, reader=reader, scope=reader.scope()):
                assert names_in(line.confirmed) <= visible
                assert {shown.pk for shown in line.shown} <= readable
    assert Contribution.objects.filter(pk__in=network.written).count() == len(network.written)
