"""What must be true before anything is served, and the sentence that says what is not."""

import errno
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from django.utils.translation import gettext as _

from parvis.kernel.serve.lock import AlreadyServed


class CannotStart(Exception):
    """`str()` is a sentence for the person who typed the command."""


@contextmanager
def in_a_sentence(*, host: str = "", number: int = 0) -> Iterator[None]:
    """Turns the failures that a machine has into CannotStart; a fault of ours stays what it is."""
    try:
        yield
    except AlreadyServed as error:
        raise CannotStart(
            _("Parvis sert déjà le dossier %(folder)s (processus %(pid)s).")
            % {"pid": error.args[0], "folder": settings.PARVIS_DATA}
        ) from error
    except DatabaseError as error:
        raise CannotStart(_about_the_database(error)) from error
    except OSError as error:
        raise CannotStart(_about_the_machine(error, host, number)) from error


def refuse_nonsense() -> None:
    """What the settings take as text, and would only be found wrong when it is used. Raises CannotStart."""
    parts = urlsplit(settings.PARVIS_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise CannotStart(
            _("PARVIS_URL doit être l’adresse du site, par exemple https://parvis.exemple.fr, et non « %(given)s ».")
            % {"given": settings.PARVIS_URL}
        )
    if settings.PARVIS_LANGUAGE not in dict(settings.LANGUAGES):
        raise CannotStart(_("PARVIS_LANGUAGE doit être fr ou en."))
    if settings.REDIS_URL and urlsplit(settings.REDIS_URL).scheme not in ("redis", "rediss", "unix"):
        raise CannotStart(_("REDIS_URL doit commencer par redis://, rediss:// ou unix://."))


def is_behind() -> bool:
    """Whether the database lacks tables or columns of this version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def django_loaded() -> WSGIApplication:
    """Django with its views, before the processes divide, so that they share it. No connection crosses the fork."""
    application = get_wsgi_application()
    get_resolver().resolve("/")
    connections.close_all()
    return application


def say_it_is_ready(host: str, end: socket.socket) -> None:
    print(_("Parvis est prêt : %(address)s") % {"address": _address(host, end.getsockname()[1])}, flush=True)  # noqa: T201


def _address(host: str, number: int) -> str:
    """As one types it: the machine itself rather than 0.0.0.0."""
    try:
        is_here = ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return f"http://{host}:{number}/"
    return f"http://localhost:{number}/" if is_here else f"http://{f'[{host}]' if ':' in host else host}:{number}/"


def _about_the_database(error: DatabaseError) -> str:
    if isinstance(error.__cause__, sqlite3.Error) and "full" in str(error):
        return _("Le disque est plein : la base de données ne peut plus rien écrire.")
    return _("La base de données ne répond pas : %(error)s") % {"error": str(error).strip()}


def _about_the_machine(error: OSError, host: str, number: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("Le port %(number)s est déjà pris. Choisissez-en un autre avec --port.") % {"number": number}
    if error.errno == errno.EACCES and number and number < 1024:
        return _("Le port %(number)s demande des droits d’administration : choisissez-en un au-dessus de 1024.") % {
            "number": number
        }
    if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT) or (error.errno or 0) < 0:
        return _("Cette machine n’a pas l’adresse %(host)s.") % {"host": host}
    if error.errno == errno.ENOSPC:
        return _("Le disque est plein.")
    name = error.filename or Path(settings.PARVIS_DATA)
    return _("%(name)s ne peut pas être écrit : %(error)s.") % {"name": name, "error": error.strerror or error}
