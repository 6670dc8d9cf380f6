"""The directory: finding somebody by name, narrowing by what people are and do, and nobody whom one may not see."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from parvis.communities import actions as communities
from parvis.communities.models import Community, Membership
from parvis.people import actions as people
from parvis.people.models import HasSkill, Person, Skill, SkillName, SpokenLanguage
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
AsPerson = Callable[[Person], Client]


def names(browser: Client, query: str = "") -> list[str]:
    """The people of the first page, in its order."""
    answer = browser.get(f"/annuaire/?{query}")
    assert answer.status_code == 200
    found = answer.content.decode().partition('id="dir-found"')[2]
    return [unescape(name) for name in re.findall(r'class="name" href="/personnes/\d+/">([^<]*)</a>', found)]


def skill_of(person: Person, name: str) -> Skill:
    skill, _new = Skill.objects.get_or_create(name_fr=name, defaults={"name_en": name})
    SkillName.objects.get_or_create(skill=skill, key=name.lower())
    HasSkill.objects.get_or_create(person=person, skill=skill)
    return skill


def test_everybody_who_came_in_is_there_as_french_sorts(as_: AsPerson, amina: Person) -> None:
    for identifier, name in (("zoe", "Zoé Abadie"), ("emile", "Émile Zola"), ("o", "O"), ("eloise", "éloïse d’Arc")):
        make_person(identifier, name)
    people.add_person(identifier="nova", name="Nova Lin")
    assert names(as_(amina)) == ["Amina Benali", "éloïse d’Arc", "Émile Zola", "O", "Zoé Abadie"]


def test_who_is_suspended_is_not_there(as_: AsPerson, amina: Person, bruno: Person, karim: Person) -> None:
    people.suspend(person=bruno, by=karim)
    assert "Bruno Le Goff" not in names(as_(amina))
    assert names(as_(amina), "q=bruno") == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Éloïse Durand", "elo"),
        ("Jérôme Petit", "Jerome"),
        ("Jérôme Petit", "jermoe"),
        ("Jérôme Petit", "petit jer"),
        ("Nguyễn Thị Ngọc", "nguyen"),
        ("阮文雄", "阮"),
        ("阮文雄", "文雄"),
        ("محمد الحسن", "محمد"),
        ("محمد الحسن", "حسن"),
        ("Jean-Luc N’Diaye", "luc"),
        ("Jean-Luc N’Diaye", "ndiaye"),
        ("Jean-Luc N’Diaye", "n'diaye"),
        ("Siobhán O’Connor", "oconnor"),
        ("Łukasz Wiśniewski", "wisniewsky"),
        ("O", "o"),
        ("M" * 90, "m" * 90),
    ],
)
def test_somebody_is_found_as_one_types(as_: AsPerson, amina: Person, name: str, typed: str) -> None:
    made = make_person("somebody", name)
    assert made.name in names(as_(amina), f"q={typed}")
    hits = as_(amina).get("/chercher/", {"q": typed}, headers={"HX-Request": "true"}).content.decode()
    assert f'/personnes/{made.pk}/"' in hits


def test_a_new_name_is_found_and_the_old_one_no_longer(as_: AsPerson, amina: Person, bruno: Person) -> None:
    assert names(as_(amina), "q=gofff") == ["Bruno Le Goff"]
    bruno.name = "Bruno Kermadec"
    bruno.save()
    assert names(as_(amina), "q=goff") == []
    assert names(as_(amina), "q=kermdaec") == ["Bruno Kermadec"]


def test_words_that_are_no_name_are_what_people_are_and_do(as_: AsPerson, amina: Person, bruno: Person) -> None:
    skill_of(bruno, "Soudage inox")
    browser = as_(amina)
    assert names(browser, "q=chaudronn") == ["Bruno Le Goff"]
    assert names(browser, "q=bruno+nazaire") == ["Bruno Le Goff"]
    assert names(browser, "q=soudart") == ["Bruno Le Goff"]
    assert "ce qui s’en approche le plus" in browser.get("/annuaire/?q=soudart").content.decode()


def test_several_values_of_a_facet_widen_and_two_facets_narrow(
    as_: AsPerson, amina: Person, bruno: Person, chloe: Person
) -> None:
    SpokenLanguage.objects.create(person=chloe, code="ar")
    skill = skill_of(bruno, "Soudage")
    browser = as_(amina)
    assert names(browser, "site=Lyon") == ["Amina Benali", "Chloé Marchetti"]
    assert names(browser, "site=Lyon&site=Saint-Nazaire") == ["Amina Benali", "Bruno Le Goff", "Chloé Marchetti"]
    assert names(browser, "site=Lyon&langue=ar") == ["Chloé Marchetti"]
    assert names(browser, f"savoir={skill.pk}") == ["Bruno Le Goff"]
    assert names(browser, f"savoir={skill.pk}&site=Lyon") == []


def test_a_skill_that_was_merged_is_found_as_the_other(as_: AsPerson, amina: Person, bruno: Person) -> None:
    old, new = skill_of(bruno, "Soudure"), skill_of(amina, "Soudage")
    Skill.objects.filter(pk=old.pk).update(merged_into=new)
    assert names(as_(amina), f"savoir={new.pk}") == ["Amina Benali", "Bruno Le Goff"]
    assert names(as_(amina), f"savoir={old.pk}") == ["Amina Benali", "Bruno Le Goff"]


def test_a_community_narrows_for_those_who_read_it_alone(
    as_: AsPerson, amina: Person, bruno: Person, chloe: Person, lyon: Community, cordon: Community, essais: Community
) -> None:
    assert names(as_(bruno), f"communaute={lyon.slug}") == ["Amina Benali", "Chloé Marchetti"]
    assert names(as_(amina), f"communaute={cordon.slug}") == ["Amina Benali", "Chloé Marchetti"]
    for hidden in (cordon, essais):
        page = as_(bruno).get(f"/annuaire/?communaute={hidden.slug}&dans-communaute=cordon").content.decode()
        assert names(as_(bruno), f"communaute={hidden.slug}") == []
        assert hidden.name not in page
    assert "Cordon bleu" in as_(amina).get("/annuaire/").content.decode()


def test_a_secret_community_is_no_facet_even_to_its_members(as_: AsPerson, amina: Person, cordon: Community) -> None:
    Community.objects.filter(pk=cordon.pk).update(access="secret")
    page = as_(amina).get(f"/annuaire/?dans-communaute=cordon&communaute={cordon.slug}").content.decode()
    boxes = page[page.index('id="dir-facets-in"') : page.index('id="dir-found"')]
    assert "Cordon bleu" not in boxes
    assert names(as_(amina), f"communaute={cordon.slug}") == []


def test_whose_time_in_a_community_is_over_is_no_member_of_it(
    as_: AsPerson, amina: Person, bruno: Person, lyon: Community
) -> None:
    communities.join(person=bruno, community=lyon)
    Membership.objects.filter(person=bruno).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert "Bruno Le Goff" not in names(as_(amina), f"communaute={lyon.slug}")


def test_a_guest_sees_those_of_their_places_and_facets_of_them_alone(
    as_: AsPerson, driss: Person, amina: Person, bruno: Person, chloe: Person, cordon: Community
) -> None:
    skill = skill_of(bruno, "Savoir caché")
    communities.invite(by=chloe, person=driss, community=cordon)
    communities.join(person=driss, community=cordon)
    browser = as_(driss)
    assert names(browser) == ["Amina Benali", "Chloé Marchetti", "Driss El Amrani"]
    page = browser.get(f"/annuaire/?savoir={skill.pk}&dans-site=saint&q=chaudronnier").content.decode()
    assert "Saint-Nazaire" not in page
    assert "Savoir caché" not in page
    assert names(browser, "q=bruno") == []


def test_pages_follow_each_other_without_a_gap(as_: AsPerson, amina: Person) -> None:
    for n in range(60):
        make_person(f"p{n:02d}", f"Paul Martin {n % 7}", site="Lyon" if n % 2 else "Lille")
    browser, seen, address = as_(amina), [], "/annuaire/"
    while address:
        page = browser.get(address).content.decode()
        seen += [int(pk) for pk in re.findall(r'class="name" href="/personnes/(\d+)/"', page)]
        following = re.search(r'rel="next" href="([^"]*)"', page)
        address = "/annuaire/" + unescape(following[1]) if following else ""
    assert seen == list(Person.objects.order_by("sort_key", "pk").values_list("pk", flat=True))


def test_the_place_of_another_filter_is_a_place_in_this_one(as_: AsPerson, amina: Person, bruno: Person) -> None:
    for n in range(40):
        make_person(f"p{n:02d}", f"Paul {n}", site="Lyon")
    cursor = re.search(r"apres=([\w-]+)", as_(amina).get("/annuaire/?site=Lyon").content.decode())[1]
    assert as_(amina).get(f"/annuaire/?site=Lille&apres={cursor}").status_code == 200
    assert as_(amina).get("/annuaire/?apres=%00%ff;--").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "site=&savoir=x&savoir=-1&langue=zzz&communaute=../..&vue=autre",
        "savoir=99999999999999999999",
        "savoir=%C2%B2&savoir=%D9%A3",
        "q=a%00b&site=a%00b&dans-site=%00",
        "q=" + "x" * 10_000,
        "q=%ED%A0%80%27%22%5C%25_&equipe=%27%3B--",
        "&".join(f"equipe=Equipe+{n}" for n in range(200)),
        "dans-savoir=%3Cscript%3E&fonction=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_what_nobody_could_have_chosen_finds_nobody_or_everybody(as_: AsPerson, amina: Person, query: str) -> None:
    page = as_(amina).get(f"/annuaire/?{query}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_only_what_changes_is_sent_and_the_address_follows(as_: AsPerson, amina: Person) -> None:
    browser = as_(amina)
    ticked = browser.get("/annuaire/?q=&site=Lyon&dans-equipe=", headers={"HX-Request": "true"})
    assert ticked.headers["HX-Push-Url"] == "/annuaire/?site=Lyon"
    assert "<html" not in ticked.content.decode()
    typed = browser.get("/annuaire/?q=am", headers={"HX-Request": "true", "HX-Trigger-Name": "q"})
    assert typed.headers["HX-Replace-Url"] == "/annuaire/?q=am"
    back = browser.get("/annuaire/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_where_nobody_answers_one_may_give_up_one_thing(as_: AsPerson, amina: Person, bruno: Person) -> None:
    page = as_(amina).get("/annuaire/?q=bruno&site=Lyon").content.decode()
    assert 'href="?site=Lyon"' in page
    assert 'href="?q=bruno"' in page
