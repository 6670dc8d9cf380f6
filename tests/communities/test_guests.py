"""A guest comes for a time, with a colleague who answers for them, and reads nothing a second after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from parvis.communities import actions, jobs, stays
from parvis.communities.models import Community, Invitation, Membership, Policy
from parvis.communities.places import places_of
from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.jobs.models import Job
from parvis.kernel.jobs.worker import run_due
from parvis.kernel.live import rights
from parvis.people import actions as people
from parvis.people.models import EntryPass, Person
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.communities.scene import As, is_member, reads
from tests.conftest import come, found_cordon

QUEBEC = ZoneInfo("America/Toronto")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock of the product says this."""
    with mock.patch.object(timezone, "now", return_value=moment.astimezone(UTC)):
        yield


@pytest.fixture
def quebec(driss: Person) -> Person:
    """Driss, in Québec."""
    people.change_own_settings(person=driss, time_zone="America/Toronto")
    return driss


def url(community: Community, rest: str) -> str:
    return f"/communautes/{community.slug}/{rest}"


def let_in(driss: Person, chloe: Person, community: Community, ends_on: date | None = None) -> Membership:
    actions.invite(by=chloe, person=driss, community=community, ends_on=ends_on)
    return actions.join(person=Person.objects.get(pk=driss.pk), community=community)


def test_an_animator_invites_a_guest_until_a_day_and_the_guest_comes_in(
    as_: As, chloe: Person, driss: Person, amina: Person, cordon: Community
) -> None:
    found = as_(chloe).get(url(cordon, "inviter/?nom=driss")).content.decode()
    assert url(cordon, f"inviter/{driss.pk}/") in found
    day = stays.in_months(stays.today_of(driss), 3)
    sent = {"ends_on": day.isoformat(), "sponsor": chloe.pk, "word": "Pour les essais"}
    for _click in range(2):
        assert as_(chloe).post(url(cordon, f"inviter/{driss.pk}/"), sent).status_code == 302
    assert Invitation.objects.filter(person=driss).count() == 1
    assert not is_member(driss, cordon)

    as_(driss).post(url(cordon, "rejoindre/"))
    member = Membership.objects.get(person=driss)
    assert member.ends_at == stays.last_moment(day, driss)
    assert member.sponsor == chloe
    assert AudienceMember.objects.get(person=driss).until == member.ends_at
    page = as_(amina).get(url(cordon, "membres/")).content.decode()
    assert "Chloé Marchetti en répond" in page


def test_six_months_unless_told_and_a_year_at_most(as_: As, chloe: Person, driss: Person, cordon: Community) -> None:
    today = stays.today_of(driss)
    assert (
        stays.in_months(today, 6).isoformat() in as_(chloe).get(url(cordon, f"inviter/{driss.pk}/")).content.decode()
    )
    for wrong in (stays.in_months(today, 12) + timedelta(days=1), today - timedelta(days=1)):
        answer = as_(chloe).post(url(cordon, f"inviter/{driss.pk}/"), {"ends_on": wrong, "sponsor": chloe.pk})
        assert answer.status_code == 422
    assert not Invitation.objects.filter(person=driss).exists()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_are_counted_as_people_do(day: date, months: int, then: date) -> None:
    assert stays.in_months(day, months) == then


def test_tonight_in_quebec_is_midnight_there(quebec: Person, chloe: Person, cordon: Community) -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=QUEBEC)
    with at(noon):
        member = let_in(quebec, chloe, cordon, date(2026, 11, 22))
    assert member.ends_at == datetime(2026, 11, 23, 5, tzinfo=UTC)  # midnight in Québec, six in Paris
    assert stays.last_day(member.ends_at, quebec) == date(2026, 11, 22)

    with at(datetime(2026, 11, 22, 23, 59, 59, tzinfo=QUEBEC)):
        assert reads(quebec, cordon)
    with at(datetime(2026, 11, 23, 0, 0, 0, tzinfo=QUEBEC)):
        assert not reads(quebec, cordon)


def test_yesterday_in_paris_is_still_today_in_quebec(quebec: Person, chloe: Person, cordon: Community) -> None:
    with at(datetime(2026, 11, 22, 22, 30, tzinfo=QUEBEC)):  # half past four on the 23rd in Paris
        assert let_in(quebec, chloe, cordon, date(2026, 11, 22)).ends_at == datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_at_that_second_everything_agrees_and_no_job_ran(
    as_: As, quebec: Person, amina: Person, chloe: Person, cordon: Community
) -> None:
    said = wall.publish(author=amina, audience_id=cordon.audience_id, text="Entre nous")
    member = let_in(quebec, chloe, cordon, stays.today_of(quebec))
    browser = as_(quebec)
    pages = [cordon.get_absolute_url(), url(cordon, "membres/"), f"/c/{said.pk}/", f"/personnes/{amina.pk}/"]
    assert [browser.get(page).status_code for page in pages] == [200] * 4
    assert cordon.name in browser.get("/").content.decode()
    topic = f"a:{cordon.audience_id}"
    assert topic in rights.granted_to(quebec, [topic])

    assert member.ends_at is not None
    with at(member.ends_at):
        assert [browser.get(page).status_code for page in pages] == [404] * 4
        assert cordon.name not in browser.get("/").content.decode()
        assert cordon.name not in browser.get("/communautes/").content.decode()
        again = Person.objects.get(pk=quebec.pk)
        assert places_of(again) == []
        assert topic not in rights.granted_to(again, [topic])
        assert rights.look([rights.Ask(browser.session.session_key or "", (topic,))])[0].granted == {}
        assert quebec.name not in as_(amina).get(url(cordon, "membres/")).content.decode()
        who_reads = as_(amina).get(f"/publier/pour-qui/?a={cordon.audience_id}").content.decode()
        assert "invitée" not in who_reads
        assert browser.post(f"/c/{said.pk}/commentaires/", {"text": "Encore là"}).status_code == 404
    assert Membership.objects.filter(person=quebec).exists()


def test_a_job_at_that_second_tidies_and_tells_open_pages(quebec: Person, chloe: Person, cordon: Community) -> None:
    member = let_in(quebec, chloe, cordon)
    assert member.ends_at is not None
    asked = Job.objects.get(name="communities.end_stay")
    assert asked.run_after == member.ends_at
    jobs.end_stay(**asked.arguments)
    assert is_member(quebec, cordon)
    with at(member.ends_at):
        jobs.end_stay(**asked.arguments)
        jobs.end_stay(**asked.arguments)
    assert not is_member(quebec, cordon)
    assert not AudienceMember.objects.filter(person=quebec).exists()


def test_what_no_job_tidied_is_swept(quebec: Person, chloe: Person, cordon: Community) -> None:
    member = let_in(quebec, chloe, cordon)
    assert member.ends_at is not None
    with at(member.ends_at + timedelta(minutes=2)):
        jobs.end_stays()
    assert not is_member(quebec, cordon)


def test_prolonged_in_one_gesture_the_first_end_changes_nothing(
    as_: As, quebec: Person, chloe: Person, cordon: Community
) -> None:
    first = let_in(quebec, chloe, cordon, stays.today_of(quebec)).ends_at
    assert as_(chloe).post(url(cordon, f"membres/{quebec.pk}/sejour/"), {"act": "prolong"}).status_code == 302
    assert first is not None
    with at(first):
        jobs.end_stay(community_id=cordon.pk, person_id=quebec.pk)
        assert reads(quebec, cordon)
    member = Membership.objects.get(person=quebec)
    assert member.ends_at == stays.last_moment(stays.in_months(stays.today_of(quebec), 6), quebec)


def test_an_earlier_end_is_said_too(as_: As, quebec: Person, chloe: Person, cordon: Community) -> None:
    let_in(quebec, chloe, cordon)
    day = stays.today_of(quebec)
    as_(chloe).post(url(cordon, f"membres/{quebec.pk}/sejour/"), {"ends_on": day.isoformat(), "sponsor": chloe.pk})
    with at(stays.last_moment(day, quebec)):
        assert not reads(quebec, cordon)


def test_an_invitation_that_ended_opens_nothing_and_can_be_sent_again(
    as_: As, quebec: Person, chloe: Person, cordon: Community
) -> None:
    actions.invite(by=chloe, person=quebec, community=cordon, ends_on=stays.today_of(quebec))
    browser = as_(quebec)
    assert browser.get(url(cordon, "a-propos/")).status_code == 200
    with at(timezone.now() + timedelta(days=2)):
        assert browser.get(url(cordon, "a-propos/")).status_code == 404
        assert browser.post(url(cordon, "rejoindre/")).status_code == 404
        actions.invite(by=chloe, person=quebec, community=cordon)
        assert browser.post(url(cordon, "rejoindre/")).status_code == 302


def test_one_comes_again_before_the_row_was_tidied(quebec: Person, chloe: Person, cordon: Community) -> None:
    first = let_in(quebec, chloe, cordon, stays.today_of(quebec)).ends_at
    assert first is not None
    with at(first + timedelta(seconds=1)):
        second = let_in(quebec, chloe, cordon)
        assert reads(quebec, cordon)
    assert second.ends_at is not None
    assert second.ends_at > first


def test_the_sponsor_is_told_two_weeks_before_once_and_in_their_language(
    as_: As,
    quebec: Person,
    chloe: Person,
    cordon: Community,
) -> None:
    people.change_own_settings(person=chloe, language="en")
    member = let_in(quebec, chloe, cordon)
    assert actions.remind_of_ends() == 0
    assert member.ends_at is not None
    with at(member.ends_at - timedelta(days=13)):
        assert actions.remind_of_ends() == 1
        assert actions.remind_of_ends() == 0
        assert quebec.name in as_(chloe).get("/?vue=fil").content.decode()
        as_(chloe).post(url(cordon, f"membres/{quebec.pk}/sejour/"), {"act": "let_end"})
        assert f"membres/{quebec.pk}/sejour/" not in as_(chloe).get("/?vue=fil").content.decode()
    [letter] = Job.objects.filter(name="kernel.mail.send")
    assert letter.arguments["to"] == chloe.mail
    assert "ends on" in letter.arguments["subject"]
    assert f"membres/{quebec.pk}/sejour/" in letter.arguments["text"]
    assert not mail.outbox


def test_when_the_sponsor_goes_those_who_animate_are_asked_and_the_guest_stays(
    as_: As, quebec: Person, amina: Person, chloe: Person, cordon: Community
) -> None:
    actions.invite(by=chloe, person=quebec, community=cordon, sponsor=amina)
    actions.join(person=Person.objects.get(pk=quebec.pk), community=cordon)
    home = as_(chloe).get("/?vue=fil").content.decode()
    assert f"membres/{quebec.pk}/sejour/" not in home
    actions.leave(person=amina, community=cordon)
    assert reads(quebec, cordon)
    home = as_(chloe).get("/?vue=fil").content.decode()
    assert f"membres/{quebec.pk}/sejour/" in home
    members = as_(quebec).get(url(cordon, "membres/")).content.decode()
    assert "Amina" not in members

    as_(chloe).post(url(cordon, f"membres/{quebec.pk}/sejour/"), {"act": "answer"})
    assert Membership.objects.get(person=quebec).sponsor == chloe


def test_the_sponsor_prolongs_and_other_members_do_not(
    as_: As, quebec: Person, amina: Person, bruno: Person, chloe: Person, cordon: Community
) -> None:
    actions.invite(by=chloe, person=quebec, community=cordon, sponsor=amina)
    actions.join(person=Person.objects.get(pk=quebec.pk), community=cordon)
    actions.invite(by=chloe, person=bruno, community=cordon)
    actions.join(person=bruno, community=cordon)
    page = url(cordon, f"membres/{quebec.pk}/sejour/")
    assert as_(amina).post(page, {"act": "prolong"}).status_code == 302
    assert as_(bruno).post(page, {"act": "prolong"}).status_code == 403
    assert as_(quebec).post(page, {"act": "prolong"}).status_code == 403


def test_who_answers_for_a_guest_is_a_member_and_a_colleague(
    bruno: Person, chloe: Person, driss: Person, as_: As, cordon: Community
) -> None:
    day = stays.today_of(driss).isoformat()
    answer = as_(chloe).post(url(cordon, f"inviter/{driss.pk}/"), {"ends_on": day, "sponsor": bruno.pk})
    assert answer.status_code == 422


NEW = {"name": "Zoé Tremblay", "mail": "Zoe@ailleurs.example", "language": "en", "word": ""}


def test_somebody_from_outside_gets_a_letter_and_an_invitation(as_: As, chloe: Person, cordon: Community) -> None:
    day = stays.in_months(timezone.localdate(), 2).isoformat()
    sent = {**NEW, "ends_on": day, "sponsor": chloe.pk}
    for _click in range(2):
        assert as_(chloe).post(url(cordon, "inviter/exterieur/"), sent).status_code == 302
    zoe = Person.objects.get(mail="zoe@ailleurs.example")
    assert zoe.is_guest
    assert zoe.activated_at is None
    assert zoe.language == "en"
    assert EntryPass.objects.filter(person=zoe).count() == 1
    assert Invitation.objects.get(person=zoe).sponsor == chloe
    run_due()
    (letter,) = mail.outbox
    assert "network.\n\nYou will see" in letter.body
    assert "Zoé Tremblay" in as_(chloe).get(url(cordon, "membres/")).content.decode()

    people.activate(person=zoe)
    people.accept_charter(person=zoe, language="en")
    assert as_(zoe).post(url(cordon, "rejoindre/")).status_code == 302
    assert reads(zoe, cordon)


def test_a_colleagues_address_brings_nobody(as_: As, amina: Person, chloe: Person, cordon: Community) -> None:
    sent = {**NEW, "mail": amina.mail, "ends_on": timezone.localdate().isoformat(), "sponsor": chloe.pk}
    answer = as_(chloe).post(url(cordon, "inviter/exterieur/"), sent)
    assert answer.status_code == 422
    assert "déjà dans l’annuaire" in answer.content.decode()


def test_the_company_may_keep_that_for_administrators(
    as_: As, amina: Person, chloe: Person, karim: Person, cordon: Community
) -> None:
    Policy.objects.create(guest_hosts=Policy.GuestHosts.ADMINISTRATORS)
    assert as_(chloe).get(url(cordon, "inviter/exterieur/")).status_code == 403
    assert as_(amina).get(url(cordon, "inviter/exterieur/")).status_code == 403
    # Administering alone opens nothing: a private community is not found.
    assert as_(karim).get(url(cordon, "inviter/exterieur/")).status_code == 404


def test_an_invitation_is_taken_back(as_: As, amina: Person, chloe: Person, driss: Person, cordon: Community) -> None:
    sent = actions.invite(by=chloe, person=driss, community=cordon)
    assert as_(amina).post(url(cordon, f"invitations/{sent.pk}/retirer/")).status_code == 403
    for _click in range(2):
        assert as_(chloe).post(url(cordon, f"invitations/{sent.pk}/retirer/")).status_code == 302
    assert as_(driss).post(url(cordon, "rejoindre/")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_animators_bring_the_same_person_at_once(tmp_path: Path) -> None:
    chloe, amina = come("chloe"), come("amina")
    community = found_cordon(chloe, amina)
    actions.make_animator(by=chloe, person=amina, community=community)
    rivals = Rivals(tmp_path)

    def bring(by: Person) -> Callable[[], object]:
        return lambda: actions.bring_guest(by=by, community=community, **{k: v for k, v in NEW.items() if k != "word"})

    rivals.at_once([bring(chloe), bring(amina)])
    assert rivals.look(lambda: Person.objects.filter(is_guest=True).count()) == 1
    assert rivals.look(lambda: Invitation.objects.filter(person__is_guest=True).count()) == 1
