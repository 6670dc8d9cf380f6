"""The hot reads of the directory use the indexes made for them, on both engines."""

import pytest

from parvis.directory.queries import figures
from parvis.directory.queries.people import in_order
from parvis.directory.queries.sought import Sought, asked
from parvis.kernel.audiences.scope import scope_of
from parvis.people.models import NameWord, Person
from tests.conftest import make_person
from tests.contributions.test_plans import plan_of

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def of(reader: Person, **said: list[str]):
    return asked(reader=reader, sought=Sought.read(said))


def test_the_first_page_goes_along_the_names(amina):
    plan = plan_of(lambda: list(in_order(of(amina).people())[:25]))
    assert "person_by_name" in plan
    assert "TEMP B-TREE" not in plan


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
