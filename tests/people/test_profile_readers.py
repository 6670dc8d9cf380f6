"""Whatever people and the company chose, a value is read by those whom a plain model of the rules lets."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.people import actions
from parvis.people.answers import Answer
from parvis.people.models import FieldValue, Onlooker, Person, ProfileField, Readers
from parvis.people.queries import onlooker, profile_of
from tests.people.profiles import define

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

LEVELS = ["everybody", "colleagues", "communities", "nobody"]
levels = st.sampled_from(LEVELS)
# What the company allows, from widest to narrowest, and what holds at first.
rules = st.tuples(levels, levels, levels).filter(
    lambda r: LEVELS.index(r[0]) <= LEVELS.index(r[2]) <= LEVELS.index(r[1])
)


def lets(level: str, *, is_self: bool, is_guest: bool, shares: bool) -> bool:
    """The rules, said plainly."""
    if is_self:
        return True
    return {
        "everybody": True,
        "colleagues": not is_guest,
        "communities": not is_guest and shares,
        "nobody": False,
    }[level]


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_lets_whom_it_says(level: str) -> None:
    for n in range(8):
        seen_by = Onlooker(bool(n & 1), bool(n & 2), bool(n & 4))
        wanted = lets(level, is_self=seen_by.is_self, is_guest=seen_by.is_guest, shares=seen_by.shares_a_community)
        assert Readers(level).let(seen_by) == wanted


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    first=rules,
    then=st.none() | rules,
    choice=st.none() | levels,
    builtins=st.dictionaries(st.sampled_from(["mail", "phone", "about", "working_pattern"]), levels),
    places=st.lists(st.tuples(st.sampled_from(["community", "named_set", "company"]), st.sets(st.integers(0, 3)))),
)
def test_nobody_reads_what_the_rules_do_not_let_them(db, first, then, choice, builtins, places) -> None:
    try:
        _check(first, then, choice, builtins, places)
    finally:
        FieldValue.objects.all().delete()
        ProfileField.objects.all().delete()
        AudienceMember.objects.filter(person__identifier__startswith="h").delete()
        Person.objects.filter(identifier__startswith="h").delete()


def _check(first, then, choice, builtins, places) -> None:
    """Person 0 says; 1 is a colleague, 2 another who administers, 3 a guest."""
    people = [
        Person.objects.create(
            identifier=f"h{n}", name=f"P {n}", is_guest=n == 3, is_administrator=n == 2, mail=f"h{n}@v.fr"
        )
        for n in range(4)
    ]
    speaker = people[0]
    field = define(people[2], "Champ", widest=first[0], narrowest=first[1], readers=first[2])
    said = {"about": "présentation", "phone": "0478", "working_pattern": "le jeudi"}
    actions.change_profile(person=speaker, words=said, answers={field.pk: [Answer("valeur")]}, readers=builtins)

    reads = max(first[2], first[0], key=LEVELS.index)
    if choice and LEVELS.index(first[0]) <= LEVELS.index(choice) <= LEVELS.index(first[1]):
        actions.change_profile(person=speaker, words={}, readers={field.pk: choice})
        reads = choice
    if then:
        actions.change_field(by=people[2], field=field, widest=then[0], narrowest=then[1], readers=then[2])
        # A new rule narrows what was said before, and never widens it.
        follows = (
            max(then[2], then[0], key=LEVELS.index) if reads == first[2] and not _chose(speaker, field) else reads
        )
        reads = max(reads, follows, then[0], key=LEVELS.index)

    shares = set()
    for kind, members in places:
        if kind == "company":
            continue
        place = Audience.objects.create(kind=kind)
        for n in members:
            AudienceMember.objects.create(audience=place, person=people[n])
        if kind == "community" and 0 in members:
            shares |= members
    usual = {"mail": "colleagues", "phone": "colleagues", "about": "everybody", "working_pattern": "everybody"}
    for n, reader in enumerate(people):
        profile = profile_of(Person.objects.get(pk=speaker.pk), onlooker(speaker, reader))
        stands = {"is_self": n == 0, "is_guest": n == 3, "shares": n in shares}
        for name, level in {**usual, **builtins}.items():
            assert bool(getattr(profile, name)) == lets(level, **stands), (name, n)
        assert [row.text for one in profile.fields for row in one.values] == ["valeur"] * lets(reads, **stands), n


def _chose(person: Person, field: ProfileField) -> bool:
    return person.field_readers.filter(field=field).exists()
