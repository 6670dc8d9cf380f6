"""What the home asks of every newcomer uses the indexes made for it, however much others wrote."""

import pytest

from parvis.home.queries import is_new_here
from parvis.people.models import Person
from tests.contributions.test_plans import plan_of, rows_to_choose_by

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
__all__ = ["rows_to_choose_by"]


def test_whether_somebody_is_new_reads_three_indexes_and_no_table(ines: Person):
    plan = plan_of(lambda: is_new_here(ines))

    assert "contribution_author" in plan
    assert "contribution_comments_of" in plan
    assert "contributions_reaction_person_id" in plan
    assert "SCAN contributions" not in plan
    assert "Seq Scan" not in plan
