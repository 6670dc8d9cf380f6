"""Letters that let somebody in, and what is swept at night."""

from datetime import timedelta
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from parvis.kernel.jobs.pace import sweep
from parvis.kernel.jobs.registry import every, job
from parvis.kernel.mail import jobs as mail
from parvis.kernel.mail import letters
from parvis.kernel.web.dates import exactly
from parvis.people import actions
from parvis.people.models import EntryPass, FailedEntry
from parvis.people.paper import link_secret
from parvis.people.queries import person_at_the_door
from parvis.people.zones import zone_named


@job(lane="now", forgets=True)
def make_reset_link(typed: str) -> None:
    person = person_at_the_door(typed)
    if person is not None:
        actions.make_reset_link(person=person)


@job(lane="mail", attempts=8)
def send_link(pass_id: int, letter: str) -> None:
    """`letter`: "invitation", "guest" or "new_password". Nothing goes out when the pass ended while the letter waited.

    The link is made here, from the server's key: neither the queue nor the table of passes could open an account.
    """
    usable = EntryPass.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())
    made = usable.select_related("person", "made_by").filter(pk=pass_id, person__mail__isnull=False).first()
    if made is None:
        return
    person = made.person
    with timezone.override(zone_named(person.time_zone)):
        written = letters.write(
            f"people/mail/{letter}",
            language=person.language,
            context={
                "person": person,
                "host": made.made_by,
                "until": exactly(made.expires_at),
                "link": address_of(made),
            },
        )
    host = urlsplit(settings.PARVIS_URL).hostname
    mail.send(
        to=person.mail or "",
        subject=written.subject,
        text=written.text,
        html=written.html,
        headers={},
        message_id=f"<way-in-{made.pk}@{host}>",
    )


def address_of(made: EntryPass) -> str:
    path = reverse("people:enter", args=[link_secret(made.person_id, made.created_at)])
    return f"{settings.PARVIS_URL}{path}"


@every("03:20")
@job(lane="now")
def sweep_the_door() -> None:
    """Ways in that ended three months ago, forgotten failures, the list's lines of sessions that are over."""
    now = timezone.now()
    sweep(EntryPass.objects.filter(expires_at__lt=now - timedelta(days=90)))
    sweep(FailedEntry.objects.filter(last_at__lt=now - timedelta(days=1)))
    sweep(UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")))
