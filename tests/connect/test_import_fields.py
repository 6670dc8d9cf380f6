"""What a directory says in the fields of the profiles: by key or name, told when unreadable, twice the same."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from parvis.people.models import FieldValue, Person
from tests.people.profiles import define

pytestmark = pytest.mark.django_db


def run(path: Path, *flags: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_directory", str(path), "--source", "rh", "--json", *flags, stdout=out, stderr=io.StringIO())
    report: dict[str, Any] = json.loads(out.getvalue().strip().splitlines()[-1])
    return report


def figures(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[key] for key in ("created", "updated", "left", "refused"))


def write(tmp_path: Path, text: str, name: str = "rh.csv") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def said(identifier: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = FieldValue.objects.filter(person__identifier=identifier).select_related("field", "option")
    for row in rows.order_by("field_id", "position"):
        word = row.option.name_fr if row.option else row.text or str(row.date)
        found.setdefault(row.field.name_fr, []).append(word)
    return found


@pytest.fixture
def fields(karim: Person) -> None:
    theirs = {"owner": "directory"}
    define(karim, "Numéro de badge", name_en="Badge number", **theirs)
    define(karim, "Arrivée", "date", **theirs)
    define(karim, "Permis", "choices", ("Cariste/Forklift", "Nacelle/Lift"), **theirs)
    define(karim, "Surnom")


TWO = (
    "Matricule;Nom;Login;profil:numero-de-badge;ARRIVEE;permis;Surnom\n"
    "1;Amina Benali;amina2;B 12;08/03/2020;Lift|cariste;Mimi\n"
    "2;Bruno Le Goff;bruno2;;2021-01-04;;\n"
)


def test_a_file_fills_what_the_directory_keeps_and_the_second_time_changes_nothing(
    tmp_path: Path, fields: None
) -> None:
    path = write(tmp_path, TWO)
    assert figures(run(path, "--dry-run")) == (2, 0, 0, 0)
    assert figures(run(path)) == (2, 0, 0, 0)
    assert said("amina2") == {
        "Numéro de badge": ["B 12"], "Arrivée": ["2020-03-08"], "Permis": ["Nacelle", "Cariste"]
    }  # fmt: skip
    assert said("bruno2") == {"Arrivée": ["2021-01-04"]}
    ids = list(FieldValue.objects.order_by("pk").values_list("pk", flat=True))
    assert figures(run(path)) == (0, 0, 0, 0)
    assert list(FieldValue.objects.order_by("pk").values_list("pk", flat=True)) == ids


def test_what_changed_is_changed_what_is_emptied_is_emptied_and_what_is_not_named_stays(
    tmp_path: Path, fields: None
) -> None:
    run(write(tmp_path, TWO))
    changed = "Matricule;Nom;Login;Badge number;Permis\n1;Amina Benali;amina2;B 13;\n2;Bruno Le Goff;bruno2;;\n"
    path = write(tmp_path, changed)
    assert figures(run(path, "--dry-run")) == (0, 1, 0, 0)
    assert figures(run(path)) == (0, 1, 0, 0)
    assert said("amina2") == {"Numéro de badge": ["B 13"], "Arrivée": ["2020-03-08"]}
    assert figures(run(path)) == (0, 0, 0, 0)


def test_what_cannot_be_read_refuses_nobody_changes_nothing_and_is_told(tmp_path: Path, fields: None) -> None:
    run(write(tmp_path, TWO))
    wrong = TWO.replace("08/03/2020", "31/02/2020").replace("Lift|cariste", "Fusée")
    report = run(write(tmp_path, wrong))
    assert figures(report) == (0, 0, 0, 0)
    told = " ".join(warning["reason"] for warning in report["warnings"]).replace("\u00a0", " ")
    assert "« 31/02/2020 » n’est pas une date." in told
    assert "« Fusée » n’est pas une réponse" in told
    assert {warning["line"] for warning in report["warnings"]} == {2}
    assert said("amina2")["Arrivée"] == ["2020-03-08"]


def test_a_column_that_is_no_field_of_the_directory_is_told_and_left(tmp_path: Path, fields: None) -> None:
    report = run(write(tmp_path, "Matricule;Nom;Login;profil:surnom;profil:x\n1;Amina Benali;amina2;Mimi;y\n"))
    assert [warning["who"] for warning in report["warnings"]] == ["profil:surnom", "profil:x"]
    assert said("amina2") == {}


def test_an_ldif_fills_them_by_their_key(tmp_path: Path, fields: None) -> None:
    ldif = (
        "dn: uid=amina2,dc=v\nobjectClass: inetOrgPerson\ncn: Amina Benali\nuid: amina2\nnumero-de-badge: B 12\n"
        "arrivee: 20200308000000Z\npermis: Cariste\npermis: Nacelle\nsurnom: Mimi\n\n"
        "dn: uid=bruno2,dc=v\nobjectClass: inetOrgPerson\ncn: Bruno Le Goff\nuid: bruno2\n"
    )
    path = write(tmp_path, ldif, "rh.ldif")
    assert figures(run(path)) == (2, 0, 0, 0)
    assert said("amina2") == {
        "Numéro de badge": ["B 12"], "Arrivée": ["2020-03-08"], "Permis": ["Cariste", "Nacelle"]
    }  # fmt: skip
    assert said("bruno2") == {}
    assert figures(run(path)) == (0, 0, 0, 0)
    run(
        write(
            tmp_path,
            ldif.replace("numero-de-badge: B 12\n", "").replace("uid: bruno2", "uid: bruno2\nnumero-de-badge: 9"),
            "rh.ldif",
        )
    )
    assert "Numéro de badge" not in said("amina2")
    assert said("bruno2") == {"Numéro de badge": ["9"]}


def test_who_reads_what_the_directory_says_is_the_persons_choice_still(
    tmp_path: Path, fields: None, client: Any
) -> None:
    from parvis.people import actions
    from parvis.people.models import ProfileField

    run(write(tmp_path, TWO))
    amina = Person.objects.get(identifier="amina2")
    badge = ProfileField.objects.get(name_fr="Numéro de badge")
    actions.activate(person=amina)
    actions.change_profile(person=amina, words={}, readers={badge.pk: "nobody"})
    run(write(tmp_path, TWO.replace("B 12", "B 14")))
    client.force_login(Person.objects.get(identifier="karim"))
    page = client.get(f"/personnes/{amina.pk}/").content.decode()
    assert "B 14" not in page
    assert "Nacelle" in page
