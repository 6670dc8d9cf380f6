"""The birth contract: founded in preparation, animated by two, opened by their act."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from parvis.communities import actions, rules
from parvis.communities.models import Community, Invitation, Membership, Policy
from parvis.people.models import Person
from parvis.wall import actions as wall
from tests.communities.rivals import Rivals
from tests.communities.scene import FORM, As, is_member, reads
from tests.conftest import make_person

PREPARED = {"purpose": "Durer.", "kind": "trade", "access": "open"}


@pytest.fixture
def prepared(bruno: Person) -> Community:
    return actions.found(person=bruno, name="Relève", **PREPARED)


def page(browser: object, url: str) -> str:
    return str(browser.get(url).content.decode())  # type: ignore[attr-defined]


def test_founded_asked_accepted_and_opened(as_: As, bruno: Person, amina: Person, chloe: Person) -> None:
    as_(bruno).post("/communautes/fonder/", FORM | {"second": "amina ben"})
    community = Community.objects.get()
    wall_url = community.get_absolute_url()

    # Nobody but those two sees it, though it will be open.
    assert not reads(chloe, community)
    assert as_(chloe).get(wall_url).status_code == 404
    assert "Soudage" not in page(as_(chloe), "/communautes/")
    assert "vous propose de l’animer" in page(as_(amina), wall_url)
    assert not reads(amina, community)

    # It does not open with one; what is missing is said.
    refused = as_(bruno).post(f"{wall_url}ouvrir/")
    assert refused.status_code == 422
    assert "deux personnes" in refused.content.decode()

    assert as_(amina).post(f"{wall_url}rejoindre/").status_code == 302
    assert Membership.objects.get(person=amina).role == Membership.Role.ANIMATOR
    assert "Ouvrir la communauté" in page(as_(amina), f"{wall_url}preparer/")
    assert as_(amina).post(f"{wall_url}ouvrir/").status_code == 302

    assert reads(chloe, community)
    assert "Soudage" in page(as_(chloe), "/communautes/")
    assert as_(chloe).post(f"{wall_url}rejoindre/").status_code == 302


def test_what_is_written_in_preparation_is_read_by_those_who_prepare(
    as_: As, bruno: Person, amina: Person, prepared: Community
) -> None:
    made = wall.publish(author=bruno, audience_id=prepared.audience_id, text="Un brouillon")
    assert as_(amina).get(made.get_absolute_url()).status_code == 404
    assert "à l’ouverture" in page(as_(bruno), f"/publier/pour-qui/?a={prepared.audience_id}")

    actions.ask_second_animator(by=bruno, person=amina, community=prepared)
    actions.join(person=amina, community=prepared)
    actions.open_community(by=amina, community=prepared)
    assert as_(make_person("late", "Lise Tard")).get(made.get_absolute_url()).status_code == 200


def test_declining_leaves_no_trace_and_another_is_asked(
    as_: As, bruno: Person, amina: Person, chloe: Person, prepared: Community
) -> None:
    url = f"/communautes/{prepared.slug}/preparer/"
    as_(bruno).post(url, {"person": amina.pk})
    before = page(as_(bruno), url).split("Avant d’ouvrir")[1].split("Qui l’animera")[0]
    as_(amina).post(f"/communautes/{prepared.slug}/decliner/")

    after = page(as_(bruno), url).split("Avant d’ouvrir")[1].split("Qui l’animera")[0]
    assert before.count("invitation envoyée") == after.count("invitation envoyée") == 1
    assert as_(amina).get(prepared.get_absolute_url()).status_code == 404

    as_(bruno).post(url, {"person": chloe.pk})
    as_(chloe).post(f"/communautes/{prepared.slug}/rejoindre/")
    assert as_(bruno).post(f"/communautes/{prepared.slug}/ouvrir/").status_code == 302


def test_an_invitation_to_animate_is_taken_back(as_: As, bruno: Person, amina: Person, prepared: Community) -> None:
    url = f"/communautes/{prepared.slug}/preparer/"
    as_(bruno).post(url, {"person": amina.pk})
    as_(bruno).post(url, {"person": amina.pk, "on": "0"})
    assert not Invitation.objects.exists()
    assert as_(amina).get(prepared.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("units", "said"), [(("A", "A"), "est de la même"), (("A", ""), "ne dit pas"), (("", "B"), "ne dit pas")]
)
def test_a_cross_company_community_is_animated_from_two_units(
    as_: As, db: None, units: tuple[str, str], said: str
) -> None:
    one, two = (make_person(f"p{n}", f"Personne {n}", unit=unit) for n, unit in enumerate(units))
    refused = as_(one).post("/communautes/fonder/", FORM | {"kind": "cross_company", "second": two.name})
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert not Community.objects.exists()


def test_units_are_looked_at_again_when_it_opens(bruno: Person) -> None:
    one, two, three = (make_person(f"p{n}", f"Personne {n}", unit=unit) for n, unit in enumerate("ABC"))
    made = actions.found(person=one, name="Ponts", purpose="Relier.", kind="cross_company", access="open")
    for person in (two, three):
        actions.ask_second_animator(by=one, person=person, community=made)
    actions.join(person=two, community=made)
    Person.objects.filter(pk=two.pk).update(unit="A")
    with pytest.raises(ValidationError):
        actions.open_community(by=one, community=made)
    actions.join(person=three, community=made)
    assert actions.open_community(by=one, community=made).opened_at is not None


def test_of_two_with_one_name_the_founder_chooses(as_: As, bruno: Person) -> None:
    first, second = make_person("anne1", "Anne Martin", unit="A"), make_person("anne2", "Anne Martin", unit="B")
    asked = as_(bruno).post("/communautes/fonder/", FORM | {"second": "Anne Martin"})
    assert asked.status_code == 422
    assert f'id="second-{second.pk}"' in asked.content.decode()
    as_(bruno).post("/communautes/fonder/", FORM | {"second": "Anne Martin", "second_id": second.pk})
    assert [i.person for i in Invitation.objects.all()] == [second]
    assert first not in [i.person for i in Invitation.objects.all()]


def test_nobody_by_that_name_keeps_what_was_typed(as_: As, bruno: Person) -> None:
    refused = as_(bruno).post("/communautes/fonder/", FORM | {"second": "Zzz"})
    assert refused.status_code == 422
    assert "Personne ne répond à ce nom" in refused.content.decode()
    assert 'value="Zzz"' in refused.content.decode()
    assert FORM["purpose"] in refused.content.decode()


@pytest.mark.parametrize(("days", "is_right"), [(0, False), (-3, False), (1, True), (400, True), (600, False)])
def test_the_review_is_within_eighteen_months(as_: As, bruno: Person, days: int, is_right: bool) -> None:
    day = timezone.localdate() + timedelta(days=days)
    answer = as_(bruno).post("/communautes/fonder/", FORM | {"review_on": day.isoformat()})
    assert (answer.status_code == 302) is is_right
    if is_right:
        assert Community.objects.get().review_on == day


def test_the_review_is_in_six_months_when_nothing_is_said(as_: As, bruno: Person) -> None:
    as_(bruno).post("/communautes/fonder/", FORM)
    assert Community.objects.get().review_on == actions.in_months(timezone.localdate(), 6)


def test_the_name_of_one_in_preparation_is_taken_without_showing_it(
    as_: As, amina: Person, prepared: Community
) -> None:
    refused = as_(amina).post("/communautes/fonder/", FORM | {"name": "relève"})
    assert refused.status_code == 422
    assert "qui se prépare" in refused.content.decode()


def test_one_that_is_abandoned_before_it_opens_is_left(
    as_: As, bruno: Person, karim: Person, prepared: Community
) -> None:
    key = {"key": "quitter-00001", "closes": "1"}
    assert as_(bruno).post(f"/communautes/{prepared.slug}/quitter/", key).status_code == 302
    assert not is_member(bruno, prepared)
    assert "Relève" not in page(as_(karim), "/administration/communautes/")


def test_only_those_who_animate_prepare_and_open(as_: As, bruno: Person, amina: Person, prepared: Community) -> None:
    actions.invite(by=bruno, person=amina, community=prepared)
    actions.join(person=amina, community=prepared)
    for path in ("preparer", "ouvrir"):
        assert as_(amina).post(f"/communautes/{prepared.slug}/{path}/", {"person": bruno.pk}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.open_community(by=amina, community=prepared)


# What the company allows.


@pytest.mark.parametrize(
    ("founders", "may"),
    [("everybody", {"bruno", "chloe", "karim"}), ("animators", {"chloe", "karim"}), ("administrators", {"karim"})],
)
def test_who_may_found_is_a_policy(
    as_: As, bruno: Person, chloe: Person, karim: Person, lyon: Community, founders: str, may: set[str]
) -> None:
    sent = as_(karim).post("/administration/communautes/regles/", {"founders": founders})
    assert sent.status_code == 302
    for person in (bruno, chloe, karim):
        expected = 200 if person.identifier in may else 403
        assert as_(person).get("/communautes/fonder/").status_code == expected
        assert ("Fonder une communauté" in page(as_(person), "/communautes/")) is (expected == 200)


def test_only_administrators_see_and_set_the_policy(as_: As, chloe: Person, karim: Person, lyon: Community) -> None:
    assert as_(chloe).get("/administration/communautes/regles/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.change_policy(by=chloe, founders="everybody", may_be_secret=True)
    assert as_(karim).post("/administration/communautes/regles/", {"founders": "nobody"}).status_code == 422
    assert not Policy.objects.exists()


def test_a_secret_community_is_as_the_policy_says_and_no_group_opens_it(
    as_: As, bruno: Person, chloe: Person, karim: Person
) -> None:
    assert 'value="secret"' not in page(as_(bruno), "/communautes/fonder/")
    refused = as_(bruno).post("/communautes/fonder/", FORM | {"access": "secret"})
    assert "ne permet pas" in refused.content.decode()

    actions.change_policy(by=karim, founders="everybody", may_be_secret=True)
    assert as_(bruno).post("/communautes/fonder/", FORM | {"access": "secret"}).status_code == 302
    made = Community.objects.get()
    assert (made.access, made.way_in) == ("secret", "invitation")
    assert actions.grant_group(community=made, person_ids=[chloe.pk], group_name="Tous") == 0
    assert as_(chloe).get(made.get_absolute_url()).status_code == 404

    # What exists stays when the policy changes back.
    actions.change_policy(by=karim, founders="everybody", may_be_secret=False)
    assert 'value="secret"' in page(as_(bruno), f"/communautes/{made.slug}/reglages/")


def test_what_becomes_secret_loses_its_groups(bruno: Person, chloe: Person, karim: Person) -> None:
    made = actions.found_open(person=bruno, name="Garde", purpose="Un but.", kind="trade", access="private")
    actions.grant_group(community=made, person_ids=[chloe.pk], group_name="Garde")
    assert rules.may_join(chloe, made)
    actions.change_policy(by=karim, founders="everybody", may_be_secret=True)
    given = {"name": "Garde", "purpose": "Un but.", "rules": "", "kind": "trade", "icon": "", "hue": 60}
    actions.change_settings(by=bruno, community=made, access="secret", **given)
    assert not rules.may_join(chloe, made)
    assert not rules.may_find(chloe, made)
    assert not made.gates.exists()


# The way in, within the access.


@pytest.mark.parametrize(
    ("access", "way_in", "expected"),
    [
        ("open", "", "free"),
        ("open", "on_request", "on_request"),
        ("open", "invitation", "invitation"),
        ("on_request", "free", "on_request"),
        ("on_request", "invitation", "invitation"),
        ("private", "free", "invitation"),
    ],
)
def test_the_way_in_lies_within_the_access(as_: As, bruno: Person, access: str, way_in: str, expected: str) -> None:
    as_(bruno).post("/communautes/fonder/", FORM | {"access": access, "way_in": way_in})
    assert Community.objects.get().way_in == expected


@pytest.mark.parametrize(("way_in", "joins", "asks"), [("on_request", 403, 302), ("invitation", 403, 403)])
def test_a_community_that_all_read_may_be_entered_otherwise(
    as_: As, chloe: Person, bruno: Person, lyon: Community, way_in: str, joins: int, asks: int
) -> None:
    sent = as_(chloe).get(f"/communautes/{lyon.slug}/reglages/")
    assert 'value="free"' in sent.content.decode()
    answer = as_(chloe).post(
        f"/communautes/{lyon.slug}/reglages/",
        {"name": lyon.name, "purpose": lyon.purpose, "kind": "trade", "access": "open", "way_in": way_in},
    )
    assert answer.status_code == 302
    assert reads(bruno, lyon)
    assert as_(bruno).post(f"/communautes/{lyon.slug}/rejoindre/").status_code == joins
    assert as_(bruno).post(f"/communautes/{lyon.slug}/demander/", {"word": "Moi"}).status_code == asks


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_animators_open_at_once_and_it_opens_once(tmp_path: Path) -> None:
    one, two = make_person("one", "Une"), make_person("two", "Deux")
    made = actions.found(person=one, name="Relève", **PREPARED)
    actions.ask_second_animator(by=one, person=two, community=made)
    actions.join(person=two, community=made)
    rivals = Rivals(tmp_path)
    results = rivals.at_once([partial(actions.open_community, by=person, community=made) for person in (one, two)])
    assert len({result.opened_at for result in results}) == 1


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_animators_who_put_each_other_out_at_once_do_not_both_go(tmp_path: Path) -> None:
    """Each steps down first, then the other is let go of: the second is no longer an animator, or is the last."""
    one, two = make_person("one", "Une"), make_person("two", "Deux")
    made = actions.found_open(person=one, name="Relève", **PREPARED)
    for person in (two, make_person("three", "Trois")):
        actions.join(person=person, community=made)
    actions.make_animator(by=one, person=two, community=made)
    rivals = Rivals(tmp_path)
    acts = [
        partial(actions.let_go, by=one, person=two, community=made, reason="Parti"),
        partial(actions.let_go, by=two, person=one, community=made, reason="Partie"),
        partial(actions.step_down, person=one, community=made),
        partial(actions.step_down, person=two, community=made),
    ]
    rivals.at_once(acts)
    animators = Membership.objects.filter(community=made, role=Membership.Role.ANIMATOR)
    assert rivals.look(animators.count) == 1
