"""Ctrl+K finds whom and what the lists find: its written statements against `visible_to` and `named`."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from parvis.communities.models import Community, GroupGate, GroupRight, Invitation, Removal
from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.text import folded
from parvis.people.models import Person
from parvis.shell.found_sql import communities_named, people_named
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

_NAMES = (
    "Olivier Ouvrard", "Aïcha Ould-Brahim", "Océane de la Tour", "Noël O’Brien", "Driss Mansouri", "Émile Élie",
    "Lê Thị Ngọc Ánh", "محمد الفاسي", "阮文雄", "Jean-Luc Le Goff", "O", "Ole, Martin", "Zoé%_Z", "Æsa Œuvrard",
)  # fmt: skip
_WORDS = (
    "o", "ou", "e", "l", "le g", "goff le", "ol", "olivier o", "m d", "d m", "de l t", "o'b", "brien", "ould-b", "luc",
    "ngoc a", "الف", "م", "雄", "ole m", "ole, m", "%", "_", "œuv", "olivir", "mansuori driss", "xyzxyz", "zoe", "a",
)  # fmt: skip


@pytest.fixture
def everybody(lyon: Community, cordon: Community) -> list[Person]:
    """Of each name one who is here, one who has not come in, one who was suspended; some in a community, some out."""
    chance, now, made = random.Random(5), timezone.now(), []
    for n, name in enumerate(_NAMES):
        for state in ("here", "here", "invited", "suspended"):
            person = make_person(f"{state}{n}-{len(made)}", name)
            moved = {"invited": {"activated_at": None}, "suspended": {"suspended_at": now}}.get(state)
            if moved:
                Person.objects.filter(pk=person.pk).update(**moved)
            if chance.random() < 0.5:
                ended = now - timedelta(days=1) if chance.random() < 0.3 else None
                place = chance.choice([lyon, cordon])
                AudienceMember.objects.create(audience_id=place.audience_id, person=person, until=ended)
            made.append(person)
    return made


@pytest.mark.parametrize("is_guest", [False, True])
def test_the_people_found_are_those_of_the_lists(everybody: list[Person], lyon: Community, is_guest: bool) -> None:
    reader = make_person("reader", "Ludo Ouest", is_guest=is_guest)
    AudienceMember.objects.create(audience_id=lyon.audience_id, person=reader)
    scope = reader.scope()
    answered = 0
    for words in _WORDS:
        listed = Person.objects.visible_to(scope).active().named(words)
        found = people_named(words, scope, most=500)
        assert sorted(person.pk for person in found) == sorted(listed.values_list("pk", flat=True)), words
        assert [person.pk for person in people_named(words, scope, most=3)] == [person.pk for person in found[:3]]
        answered += bool(found)
    assert answered > 10


def test_those_whose_name_begins_so_come_first(everybody: list[Person], bruno: Person) -> None:
    found = [person.name for person in people_named("ou", bruno.scope(), most=6)]
    assert found == sorted(found, key=["Aïcha Ould-Brahim", "Olivier Ouvrard"].index)
    make_person("ouarda", "Ouarda Zidane")
    assert people_named("ou", bruno.scope(), most=6)[0].name == "Ouarda Zidane"


@pytest.mark.parametrize("is_guest", [False, True])
def test_the_communities_found_are_those_of_the_lists(
    lyon: Community, cordon: Community, amina: Person, is_guest: bool
) -> None:
    reader, now = make_person("reader", "Ludo Ouest", is_guest=is_guest), timezone.now()
    ways = ("nothing", "member", "invited", "declined", "too late", "of a group", "removed")
    for n, access in enumerate(("open", "on_request", "private", "secret")):
        for m, way in enumerate(ways):
            place = _another(lyon, f"Atelier d’Île-de-Ré {n}{m}", access=access, opened_at=now if m % 2 else None)
            if way == "member":
                AudienceMember.objects.create(audience_id=place.audience_id, person=reader)
            elif way in ("invited", "declined", "too late"):
                Invitation.objects.create(
                    community=place, person=reader, invited_by=amina,
                    declined_at=now if way == "declined" else None,
                    ends_at=now - timedelta(hours=1) if way == "too late" else None,
                )  # fmt: skip
            elif way in ("of a group", "removed"):
                gate = GroupGate.objects.create(community=place, source="ad", group_key="g", name="G")
                GroupRight.objects.create(gate=gate, person=reader)
                if way == "removed":
                    Removal.objects.create(community=place, person=reader, removed_by=amina)
    scope = reader.scope()
    for words in ("a", "atelier", "ile", "re 1", "d'ile", "ile-de", "ATELIER île", "%", "telier", "lyon", "cordon"):
        listed = Community.objects.visible_to(scope).named(words).order_by("sort_key", "pk")
        found = communities_named(words, scope, most=100)
        assert [one.pk for one in found] == list(listed.values_list("pk", flat=True)), words
    assert 4 < len(communities_named("atelier", scope, most=100)) < 28


def _another(like: Community, name: str, **said: object) -> Community:
    made = Community.objects.get(pk=like.pk)
    made.audience = type(like.audience).objects.create(kind="community")
    made.pk, made.name, made.sort_key, made.slug = None, name, folded(name), f"place-{made.audience_id}"
    for field, value in said.items():
        setattr(made, field, value)
    made._state.adding = True
    made.save()
    return made
