"""Letters leave after the commit, in the reader's language, and only where the installation says."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as configured
from django.core import mail

from parvis.kernel.jobs.models import Job
from parvis.kernel.jobs.worker import run_due
from parvis.kernel.mail import letters
from parvis.kernel.mail.actions import post, post_letter
from parvis.kernel.mail.letters import html_of
from parvis.kernel.mail.settings import email_from

pytestmark = pytest.mark.django_db
PORT = 8130


class Mailbox:
    """A mail server that answers as told and keeps what it took."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[attr-defined]
        return self.answer


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=PORT)
    server.start()
    for name, value in email_from(f"smtp://127.0.0.1:{PORT}", Path("."), "https://reseau.vauban.example").items():
        setattr(settings, name, value)
    settings.PARVIS_URL = "https://reseau.vauban.example"
    yield box
    server.stop()


def send_one(**changes: str) -> None:
    letter = {"to": "bruno@vauban.example", "subject": "Bienvenue", "text": "Voici l’adresse : https://x.example/a."}
    post(**{**letter, **changes})
    run_due()


def test_a_letter_arrives_as_text_and_html(mailbox: Mailbox):
    send_one()

    [letter] = mailbox.letters
    assert letter["Subject"] == "Bienvenue"
    assert letter["From"] == "parvis@reseau.vauban.example"
    assert letter["Message-ID"].endswith("@reseau.vauban.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "l’adresse" in letter.get_body(["plain"]).get_content()
    html = letter.get_body(["html"]).get_content()
    assert 'href="https://x.example/a"' in html
    assert "<img" not in html


def test_a_letter_that_left_is_not_kept(mailbox: Mailbox):
    send_one()

    assert Job.objects.get().arguments == {}


def test_a_server_that_asks_for_patience_gets_the_same_letter_later(mailbox: Mailbox):
    mailbox.answer = "451 come back"
    send_one()
    waiting = Job.objects.get()
    assert waiting.state == "ready"

    mailbox.answer = "250 OK"
    Job.objects.update(run_after=waiting.created_at)
    run_due()
    assert mailbox.letters[0]["Message-ID"] == waiting.arguments["message_id"]


def test_a_letter_refused_for_good_is_a_dead_letter_at_once(mailbox: Mailbox):
    mailbox.answer = "550 no such person"
    send_one()

    dead = Job.objects.get()
    assert dead.state == "dead"
    assert "no such person" in dead.error


def test_a_server_that_is_away_is_waited_for(mailbox: Mailbox, settings):
    settings.EMAIL_PORT = 8139
    send_one()

    assert Job.objects.get().state == "ready"


def test_without_a_server_letters_are_files_and_nothing_leaves(settings, tmp_path):
    for name, value in email_from("", tmp_path, "http://localhost:8000").items():
        setattr(settings, name, value)
    send_one()

    [kept] = (tmp_path / "mail").iterdir()
    assert "Bienvenue" in kept.read_text()


def test_somebody_without_a_mailbox_gets_no_letter():
    post(to=None, subject="x", text="y")
    post_letter(to="", letter="none/at/all", language="fr")

    assert not Job.objects.exists()


def test_a_subject_cannot_add_headers():
    send_one(subject="Bonjour\r\nBcc: tous@vauban.example")

    [letter] = mail.outbox
    assert letter.subject == "Bonjour Bcc: tous@vauban.example"
    assert letter.recipients() == ["bruno@vauban.example"]


def test_a_key_posts_one_letter():
    post(to="a@vauban.example", subject="x", text="y", key="invitation:7")
    send_one()
    post(to="a@vauban.example", subject="x", text="y", key="welcome:7")
    post(to="a@vauban.example", subject="x", text="y", key="welcome:7")

    assert run_due() == 1


@pytest.fixture
def letters_anew() -> Iterator[None]:
    """Whatever letters were written before: these come from another folder."""
    letters._plain.cache_clear()
    yield
    letters._plain.cache_clear()


@pytest.mark.parametrize(("language", "subject"), [("fr", "Oui, l’apostrophe"), ("en", "Yes, the apostrophe")])
def test_a_letter_is_written_in_the_readers_language(language, subject, settings, tmp_path, letters_anew):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "hello.txt").write_text(
        "{% if language() == 'fr' %}Oui, l’apostrophe{% else %}Yes, the apostrophe{% endif %}\n\n"
        "{{ name }} & l'atelier\n"
    )
    settings.TEMPLATES = [{**configured.TEMPLATES[0], "DIRS": [tmp_path]}]
    post_letter(to="a@vauban.example", letter="letters/hello", language=language, name="O'Neil")
    run_due()

    [letter] = mail.outbox
    assert letter.subject == subject
    assert letter.body == "O'Neil & l'atelier\n"
    assert "O&#39;Neil &amp; l&#39;atelier" in letter.alternatives[0][0]


def test_what_people_typed_is_no_markup_in_a_letter():
    html = html_of("<script>alert(1)</script> http://x.example/?a=1&b=2\n\nfin")

    assert "<script>" not in html
    assert "a=1&amp;b=2" in html
