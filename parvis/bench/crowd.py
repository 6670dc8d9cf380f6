"""Many people with a session each, as rows: what a bench of sockets needs, without asking anybody to sign in.

`main` prepares the database and prints JSON: the topic of the company's wall, and one session cookie a person. It runs
in a process of its own, so that its memory is not the server's.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django.utils.crypto import get_random_string

from parvis.kernel.audiences.actions import company_audience_id
from parvis.people.models import Person

_PREFIX = "fanout-"


def signed_in(count: int) -> list[str]:
    """Their session keys. Used again when they are already there."""
    now = timezone.now()
    Person.objects.bulk_create(
        [
            Person(identifier=f"{_PREFIX}{n}", name=f"Personne {n}", sort_key=f"personne {n}", activated_at=now)
            for n in range(count)
        ],
        ignore_conflicts=True,
    )
    crowd = Person.objects.filter(identifier__startswith=_PREFIX).order_by("pk")[:count]
    sessions = [
        Session(
            session_key=get_random_string(32),
            expire_date=now + timedelta(days=1),
            session_data=SessionStore().encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
        )
        for person in crowd
    ]
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    print(json.dumps({"topic": f"a:{company_audience_id()}", "cookies": signed_in(count)}))  # noqa: T201
