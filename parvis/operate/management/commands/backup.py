"""`parvis backup FILE`: the whole network in one archive, while it serves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.operate.actions import make_backup
from parvis.operate.numbers import one_decimal
from parvis.operate.snapshot import Impossible


class Command(BaseCommand):
    help = "Writes the database, the files and the secret key to FILE (.tar or .tar.gz), while Parvis serves."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the archive to write; it must not exist")

    def handle(self, *, file: Path, **options: Any) -> None:
        with translation.override(settings.PARVIS_LANGUAGE):
            try:
                made, damaged = make_backup(file)
            except Impossible as trouble:
                raise CommandError(str(trouble)) from trouble
            except OSError as trouble:
                raise CommandError(
                    _("La sauvegarde n’a pas pu être écrite : %(error)s") % {"error": trouble}
                ) from trouble
            self.stdout.write(
                ngettext(
                    "%(name)s : la base et %(count)d fichier, %(size)s Mo, en %(seconds)s s.",
                    "%(name)s : la base et %(count)d fichiers, %(size)s Mo, en %(seconds)s s.",
                    made.file_count,
                )
                % {
                    "name": file,
                    "count": made.file_count,
                    "size": one_decimal(made.size / 1024**2),
                    "seconds": one_decimal(made.seconds),
                }
            )
            if damaged:
                raise CommandError(
                    ngettext(
                        "L’archive est faite, mais %(count)d fichier est perdu ou abîmé : %(names)s",
                        "L’archive est faite, mais %(count)d fichiers sont perdus ou abîmés : %(names)s",
                        len(damaged),
                    )
                    % {"count": len(damaged), "names": ", ".join(damaged[:10])}
                )
