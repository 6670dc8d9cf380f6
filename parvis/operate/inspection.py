"""Is this installation sound? Each look gives what was found and, where something is amiss, what to do about it."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.kernel.files import shelf
from parvis.kernel.jobs.models import Job
from parvis.kernel.serve.starting import is_behind
from parvis.kernel.web.dates import in_words
from parvis.operate.models import Backup
from parvis.operate.numbers import one_decimal
from parvis.people.models import Person

_GB = 1024**3
LEAST_ROOM, LITTLE_ROOM = 200 * 1024**2, 2 * _GB
_LATE = timedelta(minutes=5)
_OLD_BACKUP = timedelta(days=2)
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Finding:
    """`level`: "fine", "unwise" or "broken". `remedy` is empty when all is well."""

    level: str
    what: str
    remedy: str = ""


def findings(*, reach: bool = False) -> list[Finding]:
    """Everything looked at, what is broken first. `reach`: also speak to the mail server and the store."""
    looks: list[Callable[[], Iterator[Finding]]] = [
        _database, _folder, _address, _mail, _redis, _work, _backups, _administrators, _built
    ]  # fmt: skip
    if reach:
        looks += [_mail_server, _store]
    found = [finding for look in looks for finding in _looked(look)]
    return sorted(found, key=lambda finding: ["broken", "unwise", "fine"].index(finding.level))


def _looked(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except DatabaseError as trouble:
        if look is not _database:
            return []  # said once
        return [Finding("broken", _("La base de données ne répond pas."), str(trouble).strip()[:300])]


def _database() -> Iterator[Finding]:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        version = sqlite3.sqlite_version
        yield _fine_if(
            sqlite3.sqlite_version_info >= (3, 35),
            _("Base de données embarquée (SQLite %(version)s).") % {"version": version},
            _("Parvis a besoin de SQLite 3.35 : installez un Python plus récent."),
        )
    else:
        version = str(connection.pg_version)  # type: ignore[attr-defined]
        yield _fine_if(
            connection.pg_version >= 150000,  # type: ignore[attr-defined]
            _("PostgreSQL %(version)s répond.") % {"version": version},
            _("Parvis a besoin de PostgreSQL 15 ou plus récent."),
        )
    if is_behind():
        yield Finding("broken", _("La base de données attend une mise à jour."), _("Lancez : parvis migrate"))


def _folder() -> Iterator[Finding]:
    folder: Path = settings.PARVIS_DATA
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            "broken",
            _("Le dossier %(folder)s ne peut pas être écrit.") % {"folder": folder},
            _("Donnez-le à l’utilisateur qui lance Parvis."),
        )
        return
    if folder.stat().st_mode & stat.S_IRWXO:
        yield Finding(
            "unwise",
            _("Tout utilisateur de cette machine peut ouvrir le dossier %(folder)s.") % {"folder": folder},
            _("Lancez : chmod o-rwx %(folder)s") % {"folder": folder},
        )
    free = free_room()
    room = _("%(room)s Go libres pour les données.") % {"room": one_decimal(free / _GB)}
    if free < LEAST_ROOM:
        yield Finding("broken", room, _("Libérez de la place : bientôt plus rien ne pourra être écrit."))
    else:
        yield _fine_if(free >= LITTLE_ROOM, room, _("Prévoyez de la place."), level="unwise")
    key = folder / "secret-key"
    if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            "unwise",
            _("La clé secrète peut être lue par d’autres utilisateurs de cette machine."),
            _("Lancez : chmod 600 %(key)s") % {"key": key},
        )


def _address() -> Iterator[Finding]:
    url = settings.PARVIS_URL
    if urlsplit(url).hostname in _HERE:
        yield Finding(
            "unwise",
            _("L’adresse du réseau est %(url)s : les liens des lettres ne marcheront que sur cette machine.")
            % {"url": url},
            _("Donnez à PARVIS_URL l’adresse que les gens tapent."),
        )
    else:
        yield _fine_if(
            url.startswith("https://"),
            _("L’adresse du réseau est %(url)s.") % {"url": url},
            _("Servez-la en https : sans cela, mots de passe et messages passent en clair."),
            level="unwise",
        )
    if settings.PARVIS_DEMO and urlsplit(url).hostname not in _HERE:
        yield Finding(
            "broken", _("Les personnages de la démonstration sont ouverts à tous."), _("Retirez PARVIS_DEMO.")
        )


def _mail() -> Iterator[Finding]:
    if settings.EMAIL_URL:
        yield Finding("fine", _("Les lettres partent par le serveur de EMAIL_URL."))
    else:
        folder = settings.PARVIS_DATA / "mail"
        yield Finding(
            "unwise",
            _("Aucun serveur de mail : les lettres sont déposées dans %(folder)s.") % {"folder": folder},
            _("Donnez un EMAIL_URL, ou des codes sur papier."),
        )


def _mail_server() -> Iterator[Finding]:
    if not settings.EMAIL_URL:
        return
    server = get_connection(timeout=5)
    try:
        server.open()
        yield Finding("fine", _("Le serveur de mail répond."))
    except OSError as trouble:
        yield Finding("broken", _("Le serveur de mail ne répond pas : %(error)s") % {"error": trouble}, "EMAIL_URL")
    finally:
        server.close()


def _store() -> Iterator[Finding]:
    if shelf.on_disk() is not None:
        return
    try:
        shelf.has("0" * 64)
        yield Finding("fine", _("Le stockage des fichiers répond."))
    except Exception as trouble:
        what = _("Le stockage des fichiers ne répond pas : %(error)s") % {"error": type(trouble).__name__}
        yield Finding("broken", what, "STORAGE_URL")


def _redis() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        return
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2).ping()
        yield Finding("fine", _("Redis répond."))
    except redis.RedisError as trouble:
        yield Finding("broken", _("Redis ne répond pas : %(error)s") % {"error": type(trouble).__name__}, "REDIS_URL")


def _work() -> Iterator[Finding]:
    late = Job.objects.filter(state=Job.State.READY, run_after__lt=timezone.now() - _LATE).count()
    if late:
        yield Finding(
            "broken",
            ngettext(
                "%(count)d travail attend depuis plus de cinq minutes.",
                "%(count)d travaux attendent depuis plus de cinq minutes.",
                late,
            )
            % {"count": late},
            _("« parvis serve » ou « parvis work » doit tourner : regardez leurs journaux."),
        )
    else:
        yield Finding("fine", _("Les travaux avancent."))
    dead = Job.objects.filter(state=Job.State.DEAD).count()
    if dead:
        yield Finding(
            "unwise",
            ngettext("%(count)d travail a été abandonné.", "%(count)d travaux ont été abandonnés.", dead)
            % {"count": dead},
            _("Lisez l’erreur dans l’administration, ou par « parvis jobs », puis relancez."),
        )


def _backups() -> Iterator[Finding]:
    last = Backup.objects.order_by("-made_at").first()
    if last is None:
        yield Finding("unwise", _("Aucune sauvegarde n’a été faite."), _("Lancez chaque nuit : parvis backup FICHIER"))
        return
    yield _fine_if(
        timezone.now() - last.made_at < _OLD_BACKUP,
        _("Dernière sauvegarde : %(when)s.") % {"when": in_words(last.made_at)},
        _("Lancez chaque nuit : parvis backup FICHIER"),
        level="unwise",
    )
    if last.damaged_count:
        yield Finding(
            "broken",
            ngettext(
                "%(count)d fichier est perdu ou abîmé.",
                "%(count)d fichiers sont perdus ou abîmés.",
                last.damaged_count,
            )
            % {"count": last.damaged_count},
            _("Vérifiez le disque, et reprenez-les d’une sauvegarde plus ancienne."),
        )


def _administrators() -> Iterator[Finding]:
    named = Person.objects.active().filter(is_administrator=True)
    count = named.filter(activated_at__isnull=False).count()
    if count:
        yield Finding(
            "fine",
            ngettext("%(count)d personne administre le réseau.", "%(count)d personnes administrent le réseau.", count)
            % {"count": count},
        )
    elif named.exists():
        yield Finding(
            "broken",
            _("Personne de celles qui administrent le réseau n’y est encore entré."),
            _("Donnez-leur un lien : parvis create_administrator --identifier …"),
        )
    else:
        yield Finding("broken", _("Personne n’administre le réseau."), _("Lancez : parvis create_administrator"))


def _built() -> Iterator[Finding]:
    if not (Path(settings.STATIC_ROOT) / "manifest.json").exists():
        yield Finding("broken", _("Les pages n’ont pas leur mise en forme."), _("Lancez : make install"))
    if not (settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.mo").exists():
        yield Finding("unwise", _("L’anglais n’est pas préparé."), _("Lancez : make install"))


def free_room() -> int:
    """Bytes free for the data folder."""
    return shutil.disk_usage(settings.PARVIS_DATA).free


def _fine_if(is_fine: bool, what: str, remedy: str, level: str = "broken") -> Finding:
    return Finding("fine", what) if is_fine else Finding(level, what, remedy)
