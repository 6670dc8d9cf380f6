"""Commands say in a sentence what they did, what is missing, and what to do."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from parvis.kernel.jobs.models import Job
from parvis.operate.inspection import findings
from parvis.operate.models import Backup
from parvis.people.models import EntryPass, Person

pytestmark = pytest.mark.django_db


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())


def test_the_first_administrator_gets_a_link_that_serves_once(capsys):
    call_command("create_administrator", identifier="Karim", name="Karim Haddad", mail="karim@vauban.example")

    karim = Person.objects.get()
    assert (karim.identifier, karim.is_administrator, karim.activated_at) == ("karim", True, None)
    assert "http://localhost:8000/entrer/" in said(capsys)
    assert EntryPass.objects.get().person == karim


def test_without_a_mailbox_it_is_a_code(capsys):
    call_command("create_administrator", identifier="karim", name="Karim Haddad", no_input=True)

    assert "/code/" in said(capsys)
    assert EntryPass.objects.get().way == "paper"


def test_somebody_of_the_directory_can_be_made_one(bruno: Person, capsys):
    call_command("create_administrator", identifier="bruno", no_input=True)

    bruno.refresh_from_db()
    assert bruno.is_administrator
    assert "/entrer/" not in said(capsys), "they already have a password"


def test_what_is_missing_is_named():
    with pytest.raises(CommandError, match="--name"):
        call_command("create_administrator", identifier="karim", no_input=True)


def test_a_guest_is_never_made_one(driss: Person):
    with pytest.raises(CommandError, match="n’administre pas"):
        call_command("create_administrator", identifier="driss", no_input=True)


def test_an_installation_without_administrator_is_told_so(settings, tmp_path, capsys):
    settings.PARVIS_DATA = tmp_path
    with pytest.raises(SystemExit):
        call_command("check_installation")

    assert "create_administrator" in said(capsys)


def test_what_is_amiss_comes_first_with_its_remedy(karim: Person, settings, tmp_path):
    settings.PARVIS_DATA = tmp_path
    tmp_path.chmod(0o755)
    Job.objects.create(lane="now", name="x", run_after=timezone.now() - timedelta(hours=1))
    Job.objects.create(lane="now", name="y", state="dead")
    Backup.objects.create(
        name="copie.tar", size=1, file_count=3, damaged_count=2, seconds=1, made_at=timezone.now() - timedelta(days=9)
    )
    found = findings()
    told = " ".join(finding.what for finding in found)

    assert [finding.level for finding in found] == sorted(
        (finding.level for finding in found), key=["broken", "unwise", "fine"].index
    )
    for part in (
        "1 travail attend",
        "1 travail a été abandonné",
        "Dernière sauvegarde",
        "2 fichiers sont perdus",
        "peut ouvrir",
    ):
        assert part in told
    assert all(finding.remedy for finding in found if finding.level != "fine")


def test_a_network_that_is_well_has_nothing_to_mend(karim: Person, settings, tmp_path):
    settings.PARVIS_DATA = tmp_path
    settings.PARVIS_URL, settings.EMAIL_URL = "https://reseau.vauban.example", "smtp://127.0.0.1:8138"
    tmp_path.chmod(0o700)
    Backup.objects.create(name="copie.tar", size=1, file_count=3, seconds=1)
    amiss = [finding for finding in findings() if finding.level != "fine"]

    assert [finding for finding in amiss if "make install" not in finding.remedy] == []


def test_a_mail_server_that_is_away_is_found(settings, tmp_path):
    settings.PARVIS_DATA, settings.EMAIL_URL = tmp_path, "smtp://127.0.0.1:8138"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 8138

    assert any("mail ne répond pas" in finding.what for finding in findings(reach=True))


def test_dead_letters_are_listed_and_run_again(capsys):
    dead = Job.objects.create(
        lane="now", name="people.fly", state="dead", error="x\nIl pleut.", ended_at=timezone.now()
    )
    call_command("jobs")
    listed = said(capsys)
    assert f"{dead.pk} people.fly" in listed
    assert "Il pleut." in listed

    call_command("jobs", run_again=["all"])
    dead.refresh_from_db()
    assert dead.state == "ready"


def test_what_commands_write_is_for_nobody_else_on_the_machine(tmp_path):
    look = (
        "import os, sys; from parvis.cli import main; sys.argv = ['parvis', '--version']; main(); print(os.umask(0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], env={**os.environ, "PARVIS_DATA": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.stdout.split()[-1] == str(0o077)
