"""`parvis import_directory`: what a file says becomes people, twice the same, and nobody is enrolled."""

import base64
import io
import json
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from parvis.communities.models import Invitation, Membership
from parvis.connect.models import Group
from parvis.people.models import Person

PLANET = Path(__file__).parents[3] / "shared" / "data" / "ldif" / "planetexpress.ldif"
pytestmark = pytest.mark.django_db


def run(path: Path, *flags: str, source: str = "rh") -> dict:
    out = io.StringIO()
    call_command("import_directory", str(path), "--source", source, "--json", *flags, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue().strip().splitlines()[-1])


def refused(path: Path, *flags: str, source: str = "rh") -> dict:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import_directory", str(path), "--source", source, "--json", *flags, stdout=out, stderr=io.StringIO()
        )
    return json.loads(out.getvalue().strip().splitlines()[-1])


def figures(report: dict) -> tuple:
    return tuple(report[key] for key in ("created", "updated", "left", "refused"))


@pytest.fixture
def write(tmp_path):
    def write(text: str | bytes, name: str = "rh.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


CSV = "Matricule;Nom;Prénom;Courriel;Fonction;Site;Responsable;Groupes\n"
THREE = (
    CSV
    + "1;Benali;Amina;amina@v.example;Ingénieure;Lyon;3;Qualité|Lyon\n"
    + "2;Le Goff;Bruno;bruno@v.example;Chaudronnier;Saint-Nazaire;3;Nuit\n"
    + "3;Vandamme;Marc;marc@v.example;Directeur;Lille;;Lyon\n"
)


@pytest.mark.skipif(not PLANET.exists(), reason="the real directory is not beside the project")
def test_planet_express_comes_in_and_the_second_run_changes_nothing():
    assert figures(run(PLANET)) == (7, 0, 0, 0)
    assert figures(run(PLANET)) == (0, 0, 0, 0)

    fry = Person.objects.get(identifier="fry")
    assert (fry.name, fry.mail, fry.unit) == ("Fry", "fry@planetexpress.com", "Delivering Crew")
    assert fry.photo is not None
    assert fry.activated_at is None
    assert not Membership.objects.exists()
    crew = Group.objects.get(name="ship_crew")
    assert {p.identifier for p in crew.people.all()} == {"fry", "leela", "bender"}


def test_a_decorated_file_that_is_no_directory_is_refused_at_once(write):
    began = time.perf_counter()
    assert refused(write("# " * 500 + "\nBonjour")) is not None
    assert time.perf_counter() - began < 5


def test_a_french_csv_comes_in(write):
    assert figures(run(write(THREE))) == (3, 0, 0, 0)

    amina = Person.objects.get(employee_number="1")
    assert (amina.name, amina.given_name, amina.title, amina.site) == ("Amina Benali", "Amina", "Ingénieure", "Lyon")
    assert amina.manager.name == "Marc Vandamme"
    assert {g.name for g in Group.objects.all()} == {"Qualité", "Lyon", "Nuit"}


@pytest.mark.parametrize(
    ("encoding", "delimiter", "header"),
    [
        ("latin-1", ";", "Matricule;Nom;Prénom;Courriel"),
        ("utf-8-sig", ",", "Employee ID,Last name,First name,Email"),
        ("utf-8", "\t", "employee number\tSurname\tGiven name\tE-mail address"),
        ("utf-16", ";", "N°;Nom de famille;Prénom;Adresse e-mail"),
    ],
)
def test_headers_in_both_languages_encodings_and_separators(write, encoding, delimiter, header):
    row = delimiter.join(["7", "Lefèvre", "Zoé", "zoe@v.example"])
    run(write(f"{header}\n{row}\n".encode(encoding)))

    assert Person.objects.get(employee_number="7").name == "Zoé Lefèvre"


def test_a_change_is_one_update_and_the_next_run_changes_nothing(write):
    run(write(THREE))
    changed = THREE.replace("Ingénieure", "Cheffe de projet").replace("amina@v", "amina.benali@v")
    assert figures(run(write(changed))) == (0, 1, 0, 0)
    assert figures(run(write(changed))) == (0, 0, 0, 0)
    assert Person.objects.get(employee_number="1").mail == "amina.benali@v.example"


def test_two_people_may_exchange_their_addresses(write):
    run(write(THREE))
    swapped = THREE.replace("amina@v", "x@v").replace("bruno@v", "amina@v").replace("x@v", "bruno@v")
    assert figures(run(write(swapped))) == (0, 2, 0, 0)
    assert Person.objects.get(employee_number="1").mail == "bruno@v.example"


def test_a_dry_run_writes_nothing(write):
    assert figures(run(write(THREE), "--dry-run")) == (3, 0, 0, 0)
    assert not Person.objects.exists()


def test_who_left_is_suspended_and_comes_back(write):
    run(write(THREE))
    two = THREE.rsplit("3;Vandamme", 1)[0]
    assert refused(write(two))["stopped"]
    assert Person.objects.get(employee_number="3").is_active

    assert figures(run(write(two), "--confirm"))[2] == 1
    assert not Person.objects.get(employee_number="3").is_active
    assert figures(run(write(THREE))) == (0, 1, 0, 0)
    assert Person.objects.get(employee_number="3").is_active


def test_somebody_suspended_by_hand_is_not_readmitted_by_an_import(write, karim):
    from parvis.people import actions

    run(write(THREE))
    actions.suspend(person=Person.objects.get(employee_number="2"), by=karim)
    run(write(THREE))
    assert not Person.objects.get(employee_number="2").is_active


def test_few_departures_among_many_go_on(write):
    rows = [f"{n};Personne;Numéro {n};p{n}@v.example;;;;\n" for n in range(100, 140)]
    run(write(CSV + "".join(rows)))
    assert figures(run(write(CSV + "".join(rows[:-2]))))[2] == 2


def test_an_administrator_never_leaves_without_a_confirmation(write):
    rows = [f"{n};Personne;Numéro {n};p{n}@v.example;;;;\n" for n in range(100, 140)]
    run(write(CSV + "".join(rows)))
    Person.objects.filter(employee_number="139").update(is_administrator=True)
    report = refused(write(CSV + "".join(rows[:-1])))
    assert any("administre" in reason for reason in report["stopped"])


def test_one_site_under_its_own_source_suspends_nobody_else(write):
    run(write(THREE))
    lille = CSV + "90;Dewaele;Salomé;salome@v.example;Commerciale;Lille;;\n"
    assert figures(run(write(lille), source="lille")) == (1, 0, 0, 0)
    assert Person.objects.active().count() == 4


def test_one_site_under_the_common_source_stops_with_the_list(write):
    run(write(THREE))
    report = refused(write(CSV + "1;Benali;Amina;amina@v.example;Ingénieure;Lyon;;\n"))
    assert set(report["leaving"]) == {"Bruno Le Goff", "Marc Vandamme"}
    assert Person.objects.active().count() == 3


def test_two_people_with_one_mail_the_second_is_refused_with_both_lines(write):
    report = run(write(THREE.replace("bruno@v", "amina@v")))
    assert figures(report) == (2, 0, 0, 1)
    assert report["reasons"][0]["line"] == 3
    assert "ligne 2" in report["reasons"][0]["reason"]


def test_a_mail_of_another_source_is_refused(write):
    run(write(THREE))
    other = CSV + "77;Benali;Anissa;amina@v.example;;;;\n"
    report = run(write(other), source="autre")
    assert figures(report) == (0, 0, 0, 1)
    assert "Amina Benali" in report["reasons"][0]["reason"]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("1;;;x@v.example;;;;", "sans nom"),
        (";Benali;Amina;x@v.example;;;;", "ni matricule"),
        ("1;Benali;Amina;pas une adresse;;;;", "n’est pas une adresse"),
        ("1;Benali;Amina;x@v.example;;;;;;trop", "colonnes"),
    ],
)
def test_a_line_that_gives_nobody_says_why(write, row, word):
    report = run(write(CSV + row + "\n"))
    assert figures(report) == (0, 0, 0, 1)
    assert word in report["reasons"][0]["reason"]
    assert report["reasons"][0]["line"] == 2


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a;b\n1;2\n", b"\x00\x01\x02", b"Nom\nBenali\n"])
def test_a_file_that_is_no_directory_is_refused_in_a_sentence(write, content):
    assert refused(write(content))["error"]


def ldif(*entries: str) -> str:
    return "version: 1\n\n" + "\n\n".join(entries) + "\n"


def entry(uid: str, *more: str) -> str:
    lines = [f"dn: uid={uid},ou=p,dc=v", "objectClass: inetOrgPerson", f"uid: {uid}", f"cn: {uid.title()} Nom", *more]
    return "\n".join(lines)


def test_a_broken_base64_line_refuses_its_person_with_its_line(write):
    path = write(ldif(entry("amina"), entry("bruno", "givenName:: !!!pas!!!"), entry("chloe")), "d.ldif")
    report = run(path)
    assert figures(report) == (2, 0, 0, 1)
    assert report["reasons"][0]["line"] == 12
    assert "base64" in report["reasons"][0]["reason"]


def test_somebody_whose_record_became_unreadable_is_not_suspended(write):
    run(write(ldif(entry("amina"), entry("bruno")), "d.ldif"))
    report = run(write(ldif(entry("amina"), entry("bruno", "sn:: !!!")), "d.ldif"))
    assert figures(report) == (0, 0, 0, 1)
    assert Person.objects.get(identifier="bruno").is_active


def test_a_loop_of_managers_is_told_and_kept(write):
    path = write(
        ldif(
            entry("a1", "manager: uid=b1, ou=p, dc=v"),
            entry("b1", "manager: UID=c1,ou=p,dc=v"),
            entry("c1", "manager: uid=a1,ou=p,dc=v"),
        ),
        "d.ldif",
    )
    report = run(path)
    assert figures(report) == (3, 0, 0, 0)
    assert "boucle" in report["warnings"][0]["reason"]
    assert Person.objects.get(identifier="a1").manager.identifier == "b1"


def test_somebody_who_is_their_own_manager_has_none(write):
    report = run(write(ldif(entry("amina", "manager: uid=amina,ou=p,dc=v")), "d.ldif"))
    assert figures(report) == (1, 0, 0, 0)
    assert Person.objects.get().manager is None


def test_folded_lines_comments_and_base64_names(write):
    name = base64.b64encode("Éloïse Ærø".encode()).decode()
    path = write(
        f"# annuaire\nversion: 1\n\ndn: uid=e,\n ou=p,dc=v\nobjectClass: inetOrgPerson\nuid: e\ncn:: {name[:6]}\n"
        f" {name[6:]}\n",
        "d.ldif",
    )
    run(path)
    assert Person.objects.get().name == "Éloïse Ærø"


def test_an_address_in_a_value_is_never_followed(write):
    report = run(write(ldif(entry("amina", "jpegPhoto:< file:///etc/passwd")), "d.ldif"))
    assert figures(report) == (0, 0, 0, 1)


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


def test_a_photo_comes_along_and_a_broken_one_refuses_nobody(write):
    path = write(ldif(entry("amina", f"jpegPhoto:: {picture()}"), entry("bruno", "jpegPhoto:: AAAA")), "d.ldif")
    report = run(path)
    assert figures(report) == (2, 0, 0, 0)
    assert "photo" in report["warnings"][0]["reason"]
    assert Person.objects.get(identifier="amina").photo is not None
    assert figures(run(path)) == (0, 0, 0, 0)


def test_a_group_grants_the_right_to_enter_and_one_invitation(write, as_, chloe, essais):
    run(write(THREE))
    call_command("link_group", "rh", "Lyon", essais.slug, stdout=io.StringIO())
    amina = Person.objects.get(employee_number="1")
    assert set(Invitation.objects.values_list("person__employee_number", flat=True)) == {"1", "3"}
    assert not Membership.objects.filter(person=amina).exists()

    grown = THREE.replace("Nuit", "Nuit|Lyon")
    run(write(grown))
    assert Invitation.objects.count() == 3


def test_only_those_who_animate_open_the_door_to_a_group(write, as_, amina, chloe, karim, essais):
    run(write(THREE.replace("amina@v", "am@v").replace("bruno@v", "br@v")))
    group = Group.objects.get(name="Lyon")
    url = f"/communautes/{essais.slug}/groupes/{group.pk}/ouvrir/"
    assert as_(karim).post(url).status_code == 404
    assert as_(chloe).post(url).status_code == 404  # animates, but is not in the group
    group.people.add(chloe)
    assert as_(chloe).post(url).status_code == 302
    assert Invitation.objects.filter(community=essais).exists()


def test_the_sources_are_for_administrators(write, as_, amina, karim):
    run(write(THREE.replace("amina@v", "am@v").replace("1;Benali", "9;Benali")))
    page = as_(karim).get("/administration/annuaire/").content.decode()
    assert "rh" in page
    assert "3 créées, 0 modifiées, 0 parties, 0 refusées" in page
    assert "interrompu" not in page
    assert as_(amina).get("/administration/annuaire/").status_code == 404
