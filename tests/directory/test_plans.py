"""The hot reads of the directory use the indexes made for them, on both engines."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from parvis.directory.queries import figures
from parvis.directory.queries.knowing_sql import to_be_asked, who_says
from parvis.directory.queries.people import in_order
from parvis.directory.queries.sought import Sought, asked
from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.audiences.scope import scope_of
from parvis.people.models import NameWord, Person
from tests.conftest import make_person
from tests.contributions.test_plans import plan_of

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def of(reader: Person, **said: list[str]):
    return asked(reader=reader, sought=Sought.read(said))


def test_the_first_page_goes_along_the_names(amina):
    a_company_of(3_000)  # of thirty, PostgreSQL sorts them all, and is right
    plan = plan_of(lambda: list(in_order(of(amina).people())[:25]))
    assert "person_by_name" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def a_company_of(many: int) -> None:
    now = timezone.now()
    QuerySet(Person).bulk_create(
        Person(identifier=f"c{n}", name=f"N {n}", sort_key=f"n {n}", title=f"T {n % 40}", activated_at=now)
        for n in range(many)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person")


def test_a_word_is_a_range_of_the_words_of_names(amina):
    plan = plan_of(lambda: list(NameWord.objects.filter(word__begins="mar").values_list("person_id", flat=True)))
    assert "name_word" in plan
    assert "SCAN people_nameword" not in plan


def test_figures_of_everybody_read_indexes_alone(amina):
    plan = plan_of(lambda: figures.counts(of(amina)))
    for index in ("person_here_by_site", "person_here_by_unit", "person_here_by_title", "person_not_here"):
        assert index in plan
    for table in ("people_hasskill", "people_spokenlanguage"):
        assert f"SCAN {table} USING COVERING INDEX" in plan or f"on {table}" in plan


def test_a_scope_reads_the_index_of_ones_audiences(amina):
    plan = plan_of(lambda: scope_of(person_id=amina.pk, is_guest=False))
    assert "audience_member" in plan or "audiencemember_person_id" in plan
    assert "SCAN audiences_audiencemember" not in plan


@pytest.fixture(autouse=True)
def rows_to_choose_by(amina):
    for n in range(30):
        make_person(f"p{n:02d}", f"Marie {n}", site=f"Site {n % 3}")


def test_who_says_a_word_is_found_by_the_index_of_each_way(amina):
    plan = plan_of(lambda: who_says(skills=[1, 2], stems=["soud"], titles=["Soudeuse"], animated=[1], joined=[1, 2]))
    assert "SCAN people_hasskill" not in plan
    assert "SCAN people_person" not in plan
    assert "SCAN communities_membership" not in plan


@pytest.mark.parametrize("is_guest", [False, True])
def test_those_to_be_asked_are_those_whom_the_reader_sees(amina, bruno, chloe, lyon, is_guest):
    reader = make_person("reader", "Reader", is_guest=is_guest)
    AudienceMember.objects.create(audience_id=lyon.audience_id, person=reader)
    Person.objects.filter(pk=chloe.pk).update(suspended_at=timezone.now())
    everybody = sorted(Person.objects.get_queryset().values_list("pk", flat=True))
    seen = Person.objects.visible_to(reader.scope()).active().exclude(pk=reader.pk)
    found = to_be_asked(everybody, reader.scope(), most=500, heeds_blocks=True)
    assert [person.pk for person, _said in found] == sorted(seen.values_list("pk", flat=True))
    backwards = to_be_asked(everybody[::-1], reader.scope(), most=2, heeds_blocks=True)
    assert [person.pk for person, _said in backwards] == sorted(seen.values_list("pk", flat=True))[::-1][:2]
