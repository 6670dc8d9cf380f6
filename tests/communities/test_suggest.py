"""Communities proposed to one person, each with its reason in words; nothing hidden, no figure, and it can be put
away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.communities.models import Community, Follow, Membership, Removal
from parvis.communities.suggesting import suggestions
from parvis.kernel.audiences.actions import create_audience
from parvis.people.models import HasSkill, Person, Skill
from tests.communities.scene import As
from tests.conftest import make_person


def proposed(person: Person) -> dict[str, str]:
    reader = Person.objects.get(pk=person.pk)
    return {one.community.name: one.reason for one in suggestions(reader)}


def named(community: Community, name: str, **fields: object) -> Community:
    Community.objects.filter(pk=community.pk).update(name=name, sort_key=name.lower(), **fields)
    community.refresh_from_db()
    return community


@pytest.fixture
def bruno_welds(bruno: Person) -> None:
    skill = Skill.objects.create(name_fr="Soudage", name_en="Welding")
    HasSkill.objects.create(person=bruno, skill=skill)


def test_what_one_says_to_know(as_: As, bruno: Person, lyon: Community, bruno_welds: None) -> None:
    named(lyon, "soudage et inox")
    assert proposed(bruno) == {"soudage et inox": "Vous dites savoir\xa0: Soudage"}
    page = as_(bruno).get("/communautes/").content.decode()
    assert "Vous dites savoir : Soudage" in page.replace("\xa0", " ")
    assert page.count(f'href="/communautes/{lyon.slug}/"') == 1


def test_a_skill_is_found_at_the_beginning_of_a_word_alone(bruno: Person, lyon: Community, bruno_welds: None) -> None:
    named(lyon, "dessoudage")
    assert proposed(bruno) == {}
    named(lyon, "l'atelier de welding")
    assert len(proposed(bruno)) == 1


def test_ones_site(bruno: Person, lyon: Community) -> None:
    named(lyon, "saint-nazaire, au quotidien", kind="site")
    assert set(proposed(bruno).values()) == {"Pour votre site"}


def test_what_stands_under_a_place_of_ones_own(amina: Person, lyon: Community, essais: Community) -> None:
    Community.objects.filter(pk=essais.pk).update(parent=lyon)
    assert proposed(amina)[essais.name].replace("\xa0", " ") == "Sous « Qualité Lyon », où vous êtes"


def test_where_ones_team_is_and_only_of_what_one_reads(
    amina: Person, bruno: Person, chloe: Person, lyon: Community, essais: Community
) -> None:
    Person.objects.update(unit="Production")
    assert proposed(bruno) == {"Qualité Lyon": "Des collègues de votre équipe y sont"}
    Person.objects.exclude(pk=bruno.pk).update(suspended_at=timezone.now())
    assert proposed(bruno) == {}


@pytest.mark.parametrize("access", ["private", "secret"])
def test_what_is_hidden_is_never_proposed(
    bruno: Person, chloe: Person, cordon: Community, bruno_welds: None, access: str
) -> None:
    Person.objects.update(unit="Production")
    named(cordon, "soudage", access=access)
    assert proposed(bruno) == {}
    Community.objects.update(parent=None)
    assert proposed(chloe) == {}


@pytest.mark.parametrize(
    "known",
    [
        lambda p, c: Follow.objects.create(person=p, community=c),
        lambda p, c: Membership.objects.create(person=p, community=c),
        lambda p, c: Removal.objects.create(person=p, community=c, community_name="X", reason="Non"),
        lambda p, c: Community.objects.update(archived_at=timezone.now()),
        lambda p, c: Community.objects.update(opened_at=None),
    ],
)
def test_what_one_knows_or_cannot_enter_is_not_proposed(
    bruno: Person, lyon: Community, bruno_welds: None, known
) -> None:
    named(lyon, "soudage")
    assert proposed(bruno)
    known(bruno, lyon)
    assert proposed(bruno) == {}


def test_what_is_put_away_stays_away_until_it_is_brought_back(
    as_: As, bruno: Person, lyon: Community, bruno_welds: None
) -> None:
    named(lyon, "soudage")
    browser = as_(bruno)
    for _click in range(2):
        assert browser.post(f"/communautes/{lyon.slug}/ecarter/").status_code == 302
    assert proposed(bruno) == {}
    assert "À découvrir" in browser.get("/communautes/").content.decode()
    browser.post(f"/communautes/{lyon.slug}/ecarter/?on=0")
    assert proposed(bruno)


def test_nothing_is_proposed_to_a_guest(as_: As, chloe: Person, driss: Person, lyon: Community) -> None:
    Person.objects.update(unit="Production", site="Lyon")
    assert proposed(driss) == {}
    assert "Pour vous, peut-être" not in as_(driss).get("/communautes/").content.decode()


def test_who_is_new_is_shown_what_suggests_itself_first(as_: As, ines: Person, chloe: Person, lyon: Community) -> None:
    Person.objects.filter(pk__in=[ines.pk, chloe.pk]).update(unit="Qualité")
    page = as_(ines).get("/").content.decode()
    assert "Des collègues de votre équipe y sont" in page
    assert f'href="/communautes/{lyon.slug}/"' in page


def test_thirty_reasons_cost_what_one_costs(bruno: Person, chloe: Person, lyon: Community, bruno_welds: None) -> None:
    named(lyon, "soudage")

    def cost() -> int:
        reader = Person.objects.get(pk=bruno.pk)
        with CaptureQueriesContext(connection) as queries:
            suggestions(reader)
        return len(queries)

    before = cost()
    for n in range(30):
        made = Community.objects.get(pk=lyon.pk)
        made.pk, made.slug, made.name, made.sort_key = None, f"soudage-{n}", f"soudage {n}", f"soudage {n}"
        made.audience = create_audience(kind="community", is_open=True)
        made.save()
        Membership.objects.create(person=make_person(f"p{n}", f"Personne {n}"), community=made)
    assert cost() == before
