"""The figures of the facets equal those that one counts by hand, for colleagues and for guests, on any network."""

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from parvis.directory.queries import facets, figures
from parvis.directory.queries.sought import Sought, asked
from parvis.kernel.audiences.actions import create_audience
from parvis.kernel.audiences.models import AudienceMember
from parvis.people.models import HasSkill, Person, Skill, SpokenLanguage
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

SITES, UNITS, TITLES = ("", "Lyon", "Lille"), ("", "A", "B"), ("", "Soudeuse", "Acheteur")
LANGUAGES = ("fr", "ar", "vi")
ONE = some.builds(
    SimpleNamespace,
    site=some.sampled_from(SITES),
    unit=some.sampled_from(UNITS),
    title=some.sampled_from(TITLES),
    languages=some.sets(some.sampled_from(LANGUAGES)),
    skills=some.sets(some.integers(0, 3)),
    has_come=some.booleans(),
    is_suspended=some.booleans(),
    is_near=some.booleans(),
)
CHOSEN = some.fixed_dictionaries(
    {
        "site": some.sets(some.sampled_from(SITES[1:])),
        "equipe": some.sets(some.sampled_from(UNITS[1:])),
        "fonction": some.sets(some.sampled_from(TITLES[1:])),
        "langue": some.sets(some.sampled_from(LANGUAGES)),
        "savoir": some.sets(some.integers(0, 3)),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(network=some.lists(ONE, max_size=12), chosen=CHOSEN, is_guest=some.booleans(), is_merged=some.booleans())
def test_figures_are_those_of_a_plain_count(db, network, chosen, is_guest, is_merged):
    Person.objects.get_queryset().delete()
    HasSkill.objects.all().delete()
    skills = [Skill.objects.create(name_fr=f"Savoir {n}", name_en=f"Skill {n}") for n in range(4)]
    # The fourth is read as the first.
    reads_as = {n: 0 if n == 3 and is_merged else n for n in range(4)}
    if is_merged:
        Skill.objects.filter(pk=skills[3].pk).update(merged_into=skills[0])
    reader = make_person("reader", "Reader", is_guest=is_guest)
    place = create_audience(kind="named_set")
    AudienceMember.objects.create(audience=place, person=reader)
    for n, one in enumerate(network):
        person = make_person(f"p{n}", f"P {n}", site=one.site, unit=one.unit, title=one.title)
        Person.objects.filter(pk=person.pk).update(
            activated_at=person.activated_at if one.has_come else None,
            suspended_at=person.activated_at if one.is_suspended else None,
        )
        SpokenLanguage.objects.bulk_create(SpokenLanguage(person=person, code=code) for code in one.languages)
        HasSkill.objects.bulk_create(HasSkill(person=person, skill=skills[k]) for k in one.skills)
        if one.is_near:
            AudienceMember.objects.create(audience=place, person=person)
    seen = [one for one in network if one.has_come and not one.is_suspended and (one.is_near or not is_guest)]
    seen.append(SimpleNamespace(site="", unit="", title="", languages=set(), skills=set()))  # the reader
    of = {
        "site": lambda one: {one.site} - {""},
        "unit": lambda one: {one.unit} - {""},
        "title": lambda one: {one.title} - {""},
        "language": lambda one: one.languages,
        "skill": lambda one: {str(skills[reads_as[k]].pk) for k in one.skills},
    }
    wanted = {
        "site": chosen["site"],
        "unit": chosen["equipe"],
        "title": chosen["fonction"],
        "language": chosen["langue"],
        "skill": {str(skills[reads_as[k]].pk) for k in chosen["savoir"]},
    }

    def counted(facet):
        others = [f for f in of if f != facet and wanted[f]]
        left = [one for one in seen if all(of[f](one) & wanted[f] for f in others)]
        return dict(Counter(value for one in left for value in of[facet](one)))

    said = {**chosen, "savoir": [str(skills[k].pk) for k in chosen["savoir"]]}
    reader.forget_scope()
    counts, total = figures.counts(asked(reader=reader, sought=Sought.read({k: sorted(v) for k, v in said.items()})))

    assert counts == {facet: counted(facet) for facet in of}
    assert total == sum(all(of[f](one) & wanted[f] for f in of if wanted[f]) for one in seen)


def test_a_long_facet_shows_its_first_values_and_is_searched(amina: Person):
    for n in range(12):
        make_person(f"p{n:02d}", f"Personne {n}", unit=f"Équipe {'Zinguerie' if n == 11 else n}")
    make_person("twin", "Jumelle", unit="Équipe Zinguerie")
    browser = Client()
    browser.force_login(amina)
    units = re.findall(r'name="equipe" value="([^"]*)"', browser.get("/annuaire/").content.decode())
    assert units[0] == "Équipe Zinguerie"
    assert len(units) == facets.SHOWN
    page = browser.get("/annuaire/?dans-equipe=zingrie", headers={"HX-Request": "true", "HX-Target": "facet-equipe"})
    assert 'value="Équipe Zinguerie"' in page.content.decode()
    assert 'value="Équipe 3"' not in page.content.decode()
    assert 'class="dir-one"' not in page.content.decode()
