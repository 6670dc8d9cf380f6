"""The pulse: at 30, 60, 90 and 150 days, and on the review date, those who animate are asked whether it goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from parvis.communities import actions
from parvis.communities.jobs import ask_pulses
from parvis.communities.models import Community, Pulse
from parvis.kernel.jobs.models import Job
from parvis.people.models import Person
from tests.communities.scene import As
from tests.conftest import make_person

Days = Callable[[int], None]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    """`days(30)`: so many days after now, the daily job runs."""
    began: datetime = timezone.now()

    def pass_(many: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: began + timedelta(days=many))
        ask_pulses()

    return pass_


def answer(as_: As, person: Person, community: Community, **sent: str) -> int:
    return int(as_(person).post(f"/communautes/{community.slug}/pouls/", sent).status_code)


def letters() -> list[str]:
    return sorted(job.arguments["to"] for job in Job.objects.filter(name="kernel.mail.send"))


def test_each_day_of_the_pulse_is_asked_once_and_answered(as_: As, chloe: Person, lyon: Community, days: Days) -> None:
    for day in range(0, 176, 5):
        days(day)
        days(day)
        if Pulse.objects.filter(answered_at__isnull=True).exists():
            assert answer(as_, chloe, lyon, word="On continue") == 302
            assert answer(as_, chloe, lyon, word="On continue") == 302  # a second click
    assert list(Pulse.objects.order_by("day").values_list("day", flat=True)) == [30, 60, 90, 150]
    assert set(Pulse.objects.values_list("answer", "word")) == {("go_on", "On continue")}


def test_those_who_animate_are_written_to_and_find_it_where_they_are(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community, days: Days
) -> None:
    actions.join(person=bruno, community=lyon)
    actions.make_animator(by=chloe, person=bruno, community=lyon)
    Person.objects.filter(pk=bruno.pk).update(language="en")
    days(30)
    assert letters() == ["bruno@vauban.example", "chloe@vauban.example"]
    assert "continue-t-elle" in as_(chloe).get("/?vue=fil").content.decode()
    assert "Une question pour qui l’anime" in as_(chloe).get(f"/communautes/{lyon.slug}/").content.decode()
    assert "Une question pour qui l’anime" not in as_(amina).get(f"/communautes/{lyon.slug}/").content.decode()
    assert as_(amina).get(f"/communautes/{lyon.slug}/pouls/").status_code == 403
    assert "30 jours" in as_(chloe).get(f"/communautes/{lyon.slug}/pouls/").content.decode()
    subjects = {job.arguments["to"]: job.arguments["subject"] for job in Job.objects.filter(name="kernel.mail.send")}
    assert subjects["bruno@vauban.example"] != subjects["chloe@vauban.example"]


def test_silence_is_reminded_once_and_never_archives(chloe: Person, lyon: Community, days: Days) -> None:
    for day in range(30, 400, 1):
        if day < 45 or day % 30 == 0:
            days(day)
    assert Pulse.objects.count() == 1
    assert len(letters()) == 2
    lyon.refresh_from_db()
    assert lyon.archived_at is None


def test_one_question_at_a_time(as_: As, chloe: Person, lyon: Community, days: Days) -> None:
    days(30)
    days(61)
    assert list(Pulse.objects.values_list("day", flat=True)) == [30]
    answer(as_, chloe, lyon)
    days(62)
    assert list(Pulse.objects.order_by("day").values_list("day", flat=True)) == [30, 60]


def test_what_was_founded_long_before_is_not_asked_about_its_first_days(lyon: Community, days: Days) -> None:
    Community.objects.update(opened_at=timezone.now() - timedelta(days=900))
    days(0)
    assert not Pulse.objects.exists()


def test_a_month_without_worker_asks_once(lyon: Community, days: Days) -> None:
    days(95)
    assert list(Pulse.objects.values_list("day", flat=True)) == [90]


def test_the_review_is_asked_on_its_day_and_a_new_one_is_set(
    as_: As, chloe: Person, lyon: Community, days: Days
) -> None:
    Community.objects.update(opened_at=timezone.now() - timedelta(days=900))
    Community.objects.update(review_on=timezone.localdate() + timedelta(days=10))
    days(9)
    assert not Pulse.objects.exists()
    days(10)
    assert Pulse.objects.get().day == 0
    assert "refaire le point" in as_(chloe).get(f"/communautes/{lyon.slug}/pouls/").content.decode()
    late = (timezone.localdate() + timedelta(days=900)).isoformat()
    assert answer(as_, chloe, lyon, review_on=late, word="Un mot") == 422
    assert answer(as_, chloe, lyon, word="Un mot") == 302
    lyon.refresh_from_db()
    assert lyon.review_on == actions.in_months(timezone.localdate(), 6)
    days(11)
    assert Pulse.objects.count() == 1
    days(200)
    assert Pulse.objects.filter(day=0).count() == 2


def test_archiving_and_merging_answer_it(as_: As, chloe: Person, lyon: Community, days: Days) -> None:
    days(30)
    assert "On l’archive" in as_(chloe).get(f"/communautes/{lyon.slug}/pouls/").content.decode()
    as_(chloe).post(f"/communautes/{lyon.slug}/archiver/")
    assert Pulse.objects.get().answer == "archive"
    days(61)
    assert Pulse.objects.count() == 1


def test_nobody_is_asked_about_what_prepares_or_is_not_animated(chloe: Person, days: Days) -> None:
    actions.found(person=chloe, name="Relève", purpose="Durer.", kind="trade", access="open")
    pia = make_person("pia", "Pia")
    alone = actions.found_open(person=pia, name="Seule", purpose="Durer.", kind="trade", access="open")
    actions.leave(person=pia, community=alone)
    days(30)
    assert not letters()
