"""« Voir comme Driss »: who animates reads what the guest reads, and nothing more, for a quarter of an hour."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client

from parvis.communities import actions
from parvis.communities.models import Community, Membership
from parvis.communities.seeing_as import KEPT_AS, LASTS
from parvis.contributions.models import Contribution
from parvis.people import actions as people
from parvis.people.models import Person
from parvis.people.skill_list import the_skills
from parvis.wall import actions as wall
from tests.communities.scene import As
from tests.conftest import make_person


@pytest.fixture
def in_cordon(chloe: Person, driss: Person, cordon: Community) -> Community:
    actions.invite(by=chloe, person=driss, community=cordon)
    actions.join(person=driss, community=cordon)
    return cordon


@pytest.fixture
def elsewhere(driss: Person, in_cordon: Community) -> Community:
    """Another community of Driss, which Chloé knows nothing of."""
    paul = make_person("paul", "Paul Denis")
    made = actions.found(person=paul, name="Autre affaire", purpose="Un but.", kind="project", access="private")
    actions.invite(by=paul, person=driss, community=made)
    actions.join(person=driss, community=made)
    wall.publish(author=paul, audience_id=made.audience_id, text="Tout à fait autre chose")
    return made


def see_as(browser: Client, community: Community, driss: Person) -> Client:
    answer = browser.post(f"/communautes/{community.slug}/membres/{driss.pk}/voir-comme/")
    assert answer.status_code == 302
    return browser


def test_an_animator_sees_the_network_as_the_guest_and_comes_back(
    as_: As, chloe: Person, driss: Person, publication: Contribution, in_cordon: Community, lyon: Community
) -> None:
    browser = as_(chloe)
    assert "Voir comme Driss" in browser.get(f"/communautes/{in_cordon.slug}/membres/").content.decode()
    see_as(browser, in_cordon, driss)
    page = browser.get(in_cordon.get_absolute_url()).content.decode()
    assert "Vous voyez comme" in page
    assert "Driss El Amrani" in page
    assert "data-reader" not in page
    assert browser.get(lyon.get_absolute_url()).status_code == 404
    assert browser.get(f"/c/{publication.pk}/").status_code == 404
    assert browser.get("/entreprise/").status_code == 404

    assert browser.post("/voir-comme-moi/").status_code == 302
    assert browser.get(lyon.get_absolute_url()).status_code == 200
    assert "Vous voyez comme" not in browser.get("/").content.decode()


def test_one_never_reads_more_than_oneself(
    as_: As, chloe: Person, driss: Person, elsewhere: Community, in_cordon: Community
) -> None:
    """Driss is in another community: it stays unknown to who does not know it."""
    paul = Person.objects.get(identifier="paul")
    third = actions.found(person=paul, name="Troisième lieu", purpose="Un but.", kind="project", access="private")
    actions.invite(by=paul, person=driss, community=third)
    assert "Autre affaire" in as_(driss).get("/communautes/").content.decode()
    assert "Troisième lieu" in as_(driss).get("/communautes/").content.decode()

    browser = see_as(as_(chloe), in_cordon, driss)
    said = Contribution.objects.get(text__contains="autre chose")
    for address in ("/", "/communautes/", "/communautes/?nom=affaire", f"/communautes/{in_cordon.slug}/membres/"):
        page = browser.get(address).content.decode()
        assert "Autre affaire" not in page
        assert "autre chose" not in page
        assert "Troisième lieu" not in page
    for address in (
        elsewhere.get_absolute_url(),
        third.get_absolute_url(),
        f"/c/{said.pk}/",
        f"/personnes/{paul.pk}/",
    ):
        assert browser.get(address).status_code == 404


def test_what_is_private_to_the_guest_is_not_shown(
    as_: As, amina: Person, chloe: Person, driss: Person, in_cordon: Community
) -> None:
    wall.publish(author=amina, audience_id=in_cordon.audience_id, text="@driss, une question pour vous seul ?")
    assert "À répondre" in as_(driss).get("/").content.decode()
    browser = see_as(as_(chloe), in_cordon, driss)
    assert "À répondre" not in browser.get("/").content.decode()
    for address in ("/moi/", "/moi/reglages/", "/moi/sessions/", "/moi/signalements/", "/live/versions/", "/publier/"):
        assert browser.get(address).status_code == 404
    assert browser.get(f"/personnes/{driss.pk}/").status_code == 403
    assert browser.get(f"/personnes/{amina.pk}/").status_code == 200


def test_the_directory_and_who_knows_are_the_guest_s(
    as_: As, amina: Person, bruno: Person, chloe: Person, driss: Person, in_cordon: Community, lyon: Community
) -> None:
    """Those whom the guest sees, also whom they keep away: that is told to nobody."""
    actions.join(person=bruno, community=lyon)
    for person in (amina, bruno):
        listed = the_skills().named("Soudage TIG")
        assert listed is not None
        people.state_skill(person=person, skill_id=listed.id)
    people.block(person=driss, blocked=amina)
    browser = see_as(as_(chloe), in_cordon, driss)
    who_here = f"/communautes/{in_cordon.slug}/qui-sait/"
    for address in ("/annuaire/", "/qui-sait/?q=souder", f"{who_here}?q=souder"):
        page = browser.get(address).content.decode()
        assert "Amina Benali" in page, address
        assert "Bruno Le Goff" not in page, address
    # The column of the wall asks for those of what the place is named after: nobody, here.
    assert browser.get(who_here, headers={"HX-Request": "true"}).status_code == 200
    assert browser.get(f"/communautes/{lyon.slug}/qui-sait/").status_code == 404


def test_nothing_is_done_in_that_view_and_it_says_so(
    as_: As, amina: Person, chloe: Person, driss: Person, in_cordon: Community
) -> None:
    said = wall.publish(author=amina, audience_id=in_cordon.audience_id, text="Bonjour")
    browser = see_as(as_(chloe), in_cordon, driss)
    acts = {
        f"/c/{said.pk}/commentaires/": {"text": "Moi, Driss"},
        f"/c/{said.pk}/reactions/like/": {"on": "1"},
        f"/communautes/{in_cordon.slug}/quitter/": {"key": "une-cle-valable"},
        "/langue/": {"language": "en"},
        "/deconnexion/": {},
    }
    for address, sent in acts.items():
        answer = browser.post(address, sent)
        assert answer.status_code == 403, address
        assert "on n’agit pas" in answer.content.decode()
    assert Contribution.objects.count() == 1
    assert Membership.objects.filter(person=driss, community=in_cordon).exists()


def test_only_who_animates_there_or_answers_for_the_guest(
    as_: As, amina: Person, bruno: Person, chloe: Person, driss: Person, karim: Person, in_cordon: Community
) -> None:
    address = f"/communautes/{in_cordon.slug}/membres/{driss.pk}/voir-comme/"
    assert as_(amina).post(address).status_code == 403
    assert as_(driss).post(address).status_code == 403
    assert as_(bruno).post(address).status_code == 404
    assert as_(karim).post(address).status_code == 404
    colleague = f"/communautes/{in_cordon.slug}/membres/{amina.pk}/voir-comme/"
    assert as_(chloe).post(colleague).status_code == 404

    actions.change_stay(by=chloe, person=driss, community=in_cordon, sponsor=amina)
    assert as_(amina).post(address).status_code == 302


def test_it_ends_after_a_quarter_of_an_hour(
    as_: As, chloe: Person, driss: Person, in_cordon: Community, lyon: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = see_as(as_(chloe), in_cordon, driss)
    later = datetime.now(UTC) + timedelta(seconds=LASTS + 1)
    monkeypatch.setattr(signing.time, "time", later.timestamp)
    assert browser.get(lyon.get_absolute_url()).status_code == 200
    assert browser.post("/voir-comme-moi/").status_code == 302


def test_it_ends_with_what_it_rests_on(
    as_: As, amina: Person, chloe: Person, driss: Person, in_cordon: Community, lyon: Community
) -> None:
    browser = see_as(as_(chloe), in_cordon, driss)
    actions.hand_over(by=chloe, person=amina, community=in_cordon)
    actions.change_stay(by=amina, person=driss, community=in_cordon, sponsor=amina)
    assert browser.get(lyon.get_absolute_url()).status_code == 200

    browser = see_as(as_(amina), in_cordon, driss)
    assert browser.get(lyon.get_absolute_url()).status_code == 404
    actions.leave(person=driss, community=in_cordon)
    assert browser.get(lyon.get_absolute_url()).status_code == 200


def test_a_session_that_was_tampered_with_sees_as_nobody(
    as_: As, bruno: Person, chloe: Person, driss: Person, in_cordon: Community
) -> None:
    theirs = see_as(as_(chloe), in_cordon, driss).session[KEPT_AS]
    browser = as_(bruno)
    for said in (theirs, theirs[:-2] + "xx", "n’importe quoi"):
        session = browser.session
        session[KEPT_AS] = said
        session.save()
        assert browser.get(in_cordon.get_absolute_url()).status_code == 404
        assert "Vous voyez comme" not in browser.get("/").content.decode()


def test_a_tab_left_open_sends_nothing_once_its_reader_is_themselves_again(
    as_: As, chloe: Person, driss: Person, in_cordon: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page held no token but the one of leaving, which scripts do not take: meta is there, and empty."""
    said = wall.publish(author=driss, audience_id=in_cordon.audience_id, text="Bonjour")
    browser = see_as(as_(chloe), in_cordon, driss)
    browser.handler.enforce_csrf_checks = True
    page = browser.get(in_cordon.get_absolute_url()).content.decode()
    assert '<meta name="csrf" content="">' in page
    tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page))
    assert len(tokens) == 1
    comment = {"text": "Au nom de qui ?", "csrfmiddlewaretoken": ""}
    answer = browser.post(f"/c/{said.pk}/commentaires/", comment)
    assert answer.status_code == 403
    assert "on n’agit pas" in answer.content.decode()

    later = datetime.now(UTC) + timedelta(seconds=LASTS + 1)
    monkeypatch.setattr(signing.time, "time", later.timestamp)
    answer = browser.post(f"/c/{said.pk}/commentaires/", comment)
    assert answer.status_code == 403
    assert "trop longtemps" in answer.content.decode()
    assert Contribution.objects.count() == 1

    assert browser.post("/voir-comme-moi/", {"csrfmiddlewaretoken": tokens.pop()}).status_code == 302
    assert '<meta name="csrf" content="">' not in browser.get("/").content.decode()
