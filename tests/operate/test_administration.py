"""The administration pages exist for administrators alone; a dead letter is seen and runs again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from parvis.kernel.jobs.models import Job
from parvis.people.models import Person

SignedIn = Callable[[Person], Client]


@pytest.fixture
def dead(db) -> Job:
    return Job.objects.create(
        lane="mail", name="kernel.mail.send", state="dead", attempts=8, ended_at=timezone.now(),
        arguments={"to": "bruno@vauban.example"}, error="Traceback…\nsmtplib.SMTPException: la boîte est pleine\n",
    )  # fmt: skip


def test_for_everybody_else_these_pages_do_not_exist(as_: SignedIn, amina: Person, driss: Person, dead: Job):
    for person in (amina, driss):
        for address in ("", "travaux/", f"travaux/{dead.pk}/"):
            assert as_(person).get(f"/administration/{address}").status_code == 404
        assert as_(person).post(f"/administration/travaux/{dead.pk}/", {"state": "ready"}).status_code == 404
    dead.refresh_from_db()
    assert dead.state == "dead"


def test_the_overview_says_what_is_unwise_and_what_to_do(as_: SignedIn, karim: Person, dead: Job):
    page = as_(karim).get("/administration/").content.decode()

    assert "Aucune sauvegarde" in page
    assert "parvis backup" in page
    assert "1 travail a été abandonné" in page


def test_a_dead_letter_shows_its_error_but_not_whom_it_was_for(as_: SignedIn, karim: Person, dead: Job):
    browser = as_(karim)
    listed = browser.get("/administration/travaux/").content.decode()
    assert "la boîte est pleine" in listed
    page = browser.get(f"/administration/travaux/{dead.pk}/").content.decode()
    assert "Traceback" in page
    assert "bruno@" not in listed + page


def test_a_dead_letter_runs_again_when_the_wanted_state_says_so(as_: SignedIn, karim: Person, dead: Job):
    browser = as_(karim)
    browser.post(f"/administration/travaux/{dead.pk}/", {"state": "done"})
    dead.refresh_from_db()
    assert dead.state == "dead"

    for _ in range(2):
        answer = browser.post(f"/administration/travaux/{dead.pk}/", {"state": "ready"})
        assert answer["Location"] == "/administration/travaux/"
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("ready", 0)


def test_the_list_costs_the_same_at_0_and_30_and_goes_on(
    as_: SignedIn, karim: Person, django_assert_max_num_queries, django_assert_num_queries
):
    browser = as_(karim)
    browser.get("/administration/travaux/")  # the first page of a session asks one more
    with django_assert_max_num_queries(30) as empty:
        browser.get("/administration/travaux/")
    now = timezone.now()
    Job.objects.bulk_create(
        Job(lane="now", name=f"job-{n:02}-", state="dead", ended_at=now - timezone.timedelta(minutes=n % 7))
        for n in range(45)
    )
    with django_assert_num_queries(len(empty)):
        first = browser.get("/administration/travaux/").content.decode()
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = browser.get(following).content.decode()

    names = [f"job-{n:02}-" for n in range(45)]
    assert all((name in first) != (name in second) for name in names)
    assert sum(name in first for name in names) == 30
