"""The organisation chart: walked up and down, honest about what the directory says, naming only who is here."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.directory.queries import organisation
from parvis.people import actions as people
from parvis.people.models import Person
from tests.conftest import make_person

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def under(manager, *persons):
    for person in persons:
        Person.objects.filter(pk=person.pk).update(manager=manager)


def page(browser, person, query=""):
    answer = browser.get(f"/organigramme/{person.pk}/{query}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main>")[0]).split())


def links(browser, address):
    return re.findall(r'class="org-a" href="([^"]+)"', browser.get(address).content.decode())


def waiting(identifier, name, **fields):
    """In the directory, and not in the network."""
    return people.add_person(identifier=identifier, name=name, mail=f"{identifier}@vauban.example", **fields)


def test_one_walks_up_and_down_from_page_to_page(as_, amina, bruno, chloe):
    under(chloe, bruno)
    under(bruno, amina)
    browser = as_(amina)
    # Under a single top one sees at once whom it leads.
    assert links(browser, "/organigramme/")[:2] == [f"/organigramme/{p.pk}/" for p in (chloe, bruno)]
    assert links(browser, f"/organigramme/{chloe.pk}/") == [f"/organigramme/{p.pk}/" for p in (chloe, bruno)]
    assert links(browser, f"/organigramme/{bruno.pk}/") == [f"/organigramme/{p.pk}/" for p in (chloe, bruno, amina)]
    here = page(browser, amina)
    assert here.index("Chloé") < here.index("Bruno") < here.index("Amina")


def test_the_address_of_somebody_leads_to_their_place(as_, amina, bruno):
    assert as_(amina).get(f"/organigramme/?de={bruno.pk}").url == f"/organigramme/{bruno.pk}/"
    assert as_(amina).get("/organigramme/?de=x").status_code == 200


def test_who_has_no_manager_is_said_so(as_, amina, bruno):
    assert "Sans responsable indiqué dans l’annuaire." in page(as_(bruno), amina)
    under(bruno, amina)
    assert "Sans responsable" not in page(as_(bruno), amina)
    make_person("seule", "Solène Seule")
    assert "Solène Seule" in as_(bruno).get("/organigramme/").content.decode()


def test_who_has_not_come_in_is_a_step_without_a_name(as_, amina, bruno, chloe):
    absent = waiting("zz", "Zénaïde Quiberon", title="Directrice très reconnaissable")
    under(chloe, absent)
    under(absent, bruno)
    under(bruno, amina)
    browser = as_(amina)
    for person in (amina, bruno, chloe, absent):
        said = page(browser, person)
        assert "Zénaïde" not in said
        assert "reconnaissable" not in said
        assert "Une personne qui n’est pas encore entrée" in said
    # The chain goes on above, and the branch goes on below.
    assert "Chloé" in page(browser, amina)
    assert links(browser, f"/organigramme/{absent.pk}/") == [f"/organigramme/{p.pk}/" for p in (chloe, absent, bruno)]
    assert "Zénaïde" not in browser.get(f"/organigramme/{chloe.pk}/equipe/").content.decode()


def test_who_was_suspended_is_not_named_either(as_, amina, bruno, chloe, karim):
    under(chloe, bruno)
    under(bruno, amina)
    people.suspend(person=bruno, by=karim)
    said = page(as_(amina), amina)
    assert "Bruno" not in said
    assert "Une personne qui n’est plus dans le réseau" in said
    assert "Chloé" in said
    assert "Bruno" not in page(as_(amina), chloe)


def test_who_has_not_come_in_and_leads_nobody_is_nowhere(as_, amina, chloe):
    absent = waiting("zz", "Zénaïde Quiberon")
    under(chloe, absent)
    assert as_(amina).get(f"/organigramme/{absent.pk}/").status_code == 404
    assert "pas encore entrée" not in page(as_(amina), chloe)
    assert as_(amina).get("/organigramme/999999/").status_code == 404


def test_those_without_a_name_stand_in_no_order_of_names(as_, amina, chloe):
    """Else their place among the others would say how they are called."""
    for n, name in enumerate(("Zoé Quiberon", "Anaïs Morin")):
        absent = waiting(f"w{n}", name)
        under(chloe, absent)
        under(absent, make_person(f"u{n}", f"Sous {n}"))
    ids = list(Person.objects.filter(manager=chloe).order_by("pk").values_list("pk", flat=True))
    assert [step.pk for step in organisation.team_of(chloe.pk).steps] == ids


def test_a_guest_sees_no_chart_and_stands_in_none(as_, driss, amina, bruno):
    under(amina, driss, bruno)
    for address in ("/organigramme/", f"/organigramme/{amina.pk}/", f"/organigramme/{amina.pk}/equipe/"):
        assert as_(driss).get(address).status_code == 404
    assert "Driss" not in page(as_(bruno), amina)
    assert as_(bruno).get(f"/organigramme/{driss.pk}/").status_code == 404


def test_two_who_manage_each_other_are_said_to(as_, amina, karim):
    marc = make_person("marc", "Marc Delatour")
    under(marc, karim, amina)
    under(karim, marc)
    said = page(as_(amina), karim)
    assert "Karim Haddad et Marc Delatour sont responsables l’un de l’autre : l’annuaire est à corriger." in said
    below = page(as_(amina), amina)
    assert "Marc Delatour et Karim Haddad sont responsables l’un de l’autre" in below
    assert "Sans responsable" not in below


@pytest.mark.parametrize("size", [3, 50, organisation.LOOKED_AT])
def test_a_circle_of_many_is_said_and_ends(as_, amina, size):
    ring = [make_person(f"r{n}", f"Rond {n:03d}") for n in range(size)]
    for n, person in enumerate(ring):
        under(ring[(n + 1) % size], person)
    under(ring[0], amina)
    said = page(as_(amina), ring[0])
    assert "sont en rond responsables les uns des autres" in said
    assert "Rond 001" in said
    if size < organisation.LOOKED_AT:
        assert "sont en rond" in page(as_(amina), amina)


def test_nobody_manages_themselves(amina):
    with pytest.raises(IntegrityError):
        under(amina, amina)


def test_a_circle_names_nobody_who_is_not_here(as_, amina):
    one, two = waiting("w1", "Zénaïde Quiberon"), waiting("w2", "Yvon Quiberon")
    under(two, one, amina)
    under(one, two)
    said = page(as_(amina), amina)
    assert "Quiberon" not in said
    assert "l’annuaire tourne en rond" in said


def test_a_manager_of_four_hundred_is_read_a_page_at_a_time(as_, amina, chloe):
    now = timezone.now()
    Person.objects.bulk_create(
        Person(identifier=f"b{n}", name=f"Membre {n:03d}", sort_key=f"membre {n:03d}", activated_at=now, manager=chloe)
        for n in range(400)
    )
    seen, address = [], f"/organigramme/{chloe.pk}/"
    while address:
        text = as_(amina).get(address).content.decode()
        seen += re.findall(r"Membre (\d{3})", text)
        following = re.search(rf'href="(/organigramme/{chloe.pk}/\?apres=\d+)"', text)
        address = following[1] if following else ""
    assert seen == [f"{n:03d}" for n in range(400)]


def cost(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_a_chain_of_three_thousand_costs_what_a_short_one_costs(as_, amina, bruno):
    browser = as_(amina)
    alone = cost(browser, f"/organigramme/{bruno.pk}/")
    now = timezone.now()
    Person.objects.bulk_create(
        Person(identifier=f"n{n}", name=f"Niveau {n}", sort_key=f"niveau {n}", activated_at=now) for n in range(3000)
    )
    chain = list(Person.objects.filter(identifier__startswith="n").order_by("pk"))
    for person, manager in pairwise(chain):
        person.manager = manager
    Person.objects.bulk_update(chain, ["manager"], batch_size=500)
    under(chain[0], bruno)
    assert cost(browser, f"/organigramme/{bruno.pk}/") == alone
    assert [step.name for step in organisation.chart_of(bruno.pk).above][::-1] == [f"Niveau {n}" for n in range(8)]
    # From step to step one reaches the top.
    here, steps = chain[-101].pk, 0
    while (found := organisation.chart_of(here)) and found.higher_id:
        here, steps = found.higher_id, steps + 1
    assert found.above[0].name == "Niveau 2999"
    assert steps == 100 // organisation.SHOWN_ABOVE


def test_the_chart_reads_the_indexes_of_people(amina, bruno):
    under(bruno, amina)
    with CaptureQueriesContext(connection) as queries:
        organisation.chart_of(amina.pk)
    assert len(queries) <= 7
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for query in queries:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                assert not [row for row in cursor.fetchall() if row[-1] == "SCAN people_person"]
