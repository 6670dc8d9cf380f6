"""Ambassadors welcome with those who animate: asked, by their own yes, for six months, thanked."""

from datetime import timedelta

from django.utils import timezone

from parvis.communities import actions, stays
from parvis.communities.models import AmbassadorOffer, Community, Membership
from parvis.communities.queries import members_page
from parvis.people import actions as people
from parvis.people.models import Person
from tests.communities.scene import As, is_member
from tests.conftest import make_person


def embassy(community: Community, person: Person) -> str:
    return f"/communautes/{community.slug}/membres/{person.pk}/ambassade/"


def role_of(person: Person, community: Community) -> str:
    return Membership.objects.get(person=person, community=community).role


def test_asked_by_an_animator_one_says_yes_and_is_seen_to_welcome(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    for _click in range(2):
        assert as_(chloe).post(embassy(lyon, amina), {"act": "offer", "word": "Vous êtes là"}).status_code == 302
    assert role_of(amina, lyon) == "member"
    page = as_(amina).get(f"/communautes/{lyon.slug}/a-propos/").content.decode()
    assert "vous propose d’accueillir" in page
    assert "Vous êtes là" in page
    assert "Qualité Lyon" in as_(amina).get("/?vue=fil").content.decode()
    assert "vous propose d’accueillir" not in as_(bruno).get(f"/communautes/{lyon.slug}/a-propos/").content.decode()

    for _click in range(2):
        assert as_(amina).post(f"/communautes/{lyon.slug}/ambassade/", {"accept": 1}).status_code == 302
    member = Membership.objects.get(person=amina, community=lyon)
    assert member.role == "ambassador"
    assert member.mandate_ends_on == stays.in_months(timezone.localdate(), 6)
    assert "en ambassade jusqu’au" in as_(bruno).get(f"/communautes/{lyon.slug}/membres/").content.decode()
    hosts = as_(bruno).get(f"/communautes/{lyon.slug}/").content.decode()
    assert "Amina" in hosts


def test_a_no_leaves_no_trace(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    as_(chloe).post(embassy(lyon, amina), {"act": "offer"})
    before = as_(chloe).get(embassy(lyon, amina)).content
    as_(amina).post(f"/communautes/{lyon.slug}/ambassade/", {"accept": 0})
    assert len(as_(chloe).get(embassy(lyon, amina)).content) == len(before)
    assert as_(chloe).post(embassy(lyon, amina), {"act": "offer"}).status_code == 302
    assert "vous propose d’accueillir" not in as_(amina).get(f"/communautes/{lyon.slug}/").content.decode()
    assert as_(amina).post(f"/communautes/{lyon.slug}/ambassade/", {"accept": 1}).status_code == 403


def test_nobody_becomes_it_alone(as_: As, amina: Person, bruno: Person, lyon: Community) -> None:
    assert as_(amina).post(f"/communautes/{lyon.slug}/ambassade/", {"accept": 1}).status_code == 403
    assert as_(amina).post(embassy(lyon, amina), {"act": "offer"}).status_code == 403
    assert as_(bruno).post(f"/communautes/{lyon.slug}/ambassade/", {"accept": 1}).status_code == 403


def test_one_steps_down_at_any_time_and_stays_a_member(as_: As, amina: Person, chloe: Person, lyon: Community) -> None:
    actions.offer_embassy(by=chloe, person=amina, community=lyon)
    actions.accept_embassy(person=amina, community=lyon)
    for _click in range(2):
        assert as_(amina).post(f"/communautes/{lyon.slug}/ambassade/quitter/").status_code == 302
    assert role_of(amina, lyon) == "member"


def test_those_who_animate_thank_and_it_is_read(
    as_: As, amina: Person, bruno: Person, chloe: Person, lyon: Community
) -> None:
    assert as_(chloe).post(embassy(lyon, amina), {"act": "thank", "word": "Merci"}).status_code == 422
    actions.offer_embassy(by=chloe, person=amina, community=lyon)
    actions.accept_embassy(person=amina, community=lyon)
    as_(chloe).post(embassy(lyon, amina), {"act": "thank", "word": "Merci pour chaque nouvel arrivant"})
    page = as_(bruno).get(f"/communautes/{lyon.slug}/membres/").content.decode()
    assert "Merci pour chaque nouvel arrivant" in page
    assert as_(chloe).post(embassy(lyon, amina), {"act": "end"}).status_code == 302
    assert role_of(amina, lyon) == "member"
    assert "Merci pour chaque" in as_(bruno).get(f"/communautes/{lyon.slug}/membres/").content.decode()


def test_the_mandate_ends_by_itself(amina: Person, chloe: Person, lyon: Community) -> None:
    actions.offer_embassy(by=chloe, person=amina, community=lyon)
    actions.accept_embassy(person=amina, community=lyon)
    assert actions.end_embassies() == 0
    Membership.objects.filter(person=amina).update(mandate_ends_on=timezone.localdate() - timedelta(days=1))
    assert actions.end_embassies() == 1
    assert role_of(amina, lyon) == "member"


def test_who_animates_comes_first_then_embassies_across_pages(
    as_: As, amina: Person, chloe: Person, lyon: Community
) -> None:
    for n in range(40):
        actions.join(person=make_person(f"a{n:02d}", f"Aaron {n:02d}"), community=lyon)
    last = make_person("zoe", "Zoé Zimmer")
    actions.join(person=last, community=lyon)
    actions.offer_embassy(by=chloe, person=last, community=lyon)
    actions.accept_embassy(person=last, community=lyon)

    first = members_page(lyon)
    assert [m.person.name for m in first.rows[:3]] == ["Chloé Marchetti", "Zoé Zimmer", "Aaron 00"]
    second = members_page(lyon, after=first.next_cursor)
    names = [m.person.name for m in first.rows + second.rows]
    assert len(names) == len(set(names)) == 43
    assert as_(amina).get(f"/communautes/{lyon.slug}/membres/?apres={first.next_cursor}").status_code == 200


def test_a_guest_is_no_ambassador_nor_who_keeps_away(
    as_: As, chloe: Person, driss: Person, amina: Person, cordon: Community
) -> None:
    actions.invite(by=chloe, person=driss, community=cordon)
    actions.join(person=driss, community=cordon)
    assert as_(chloe).post(embassy(cordon, driss), {"act": "offer"}).status_code == 422
    people.block(person=amina, blocked=chloe)
    assert as_(chloe).post(embassy(cordon, amina), {"act": "offer"}).status_code == 422
    assert not AmbassadorOffer.objects.exists()
    assert is_member(amina, cordon)
