"""`parvis restore FILE`: makes a new installation the network of a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.operate.actions import restore
from parvis.operate.snapshot import Impossible


class Command(BaseCommand):
    help = "Restores FILE, an archive of `parvis backup`, into an empty data folder (and an empty database)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the archive")
        parser.add_argument("--without-damaged", action="store_true", help="leave out files that the archive damaged")

    def handle(self, *, file: Path, without_damaged: bool, **options: Any) -> None:
        with translation.override(settings.PARVIS_LANGUAGE):
            try:
                done = restore(file, without_damaged=without_damaged)
            except Impossible as trouble:
                raise CommandError(str(trouble)) from trouble
            except OSError as trouble:
                raise CommandError(_("La reprise n’a pas pu se faire : %(error)s") % {"error": trouble}) from trouble
            self.stdout.write(
                ngettext(
                    "Le réseau sauvegardé le %(date)s est en place, avec %(count)d fichier.",
                    "Le réseau sauvegardé le %(date)s est en place, avec %(count)d fichiers.",
                    done.file_count,
                )
                % {"date": done.made_at, "count": done.file_count}
            )
            if not done.has_secret_key:
                self.stdout.write(_("Rendez-lui son PARVIS_SECRET_KEY avant de le servir : la sauvegarde ne l’a pas."))
            if done.damaged:
                self.stderr.write(
                    ngettext(
                        "%(count)d fichier abîmé a été laissé : %(names)s",
                        "%(count)d fichiers abîmés ont été laissés : %(names)s",
                        len(done.damaged),
                    )
                    % {"count": len(done.damaged), "names": ", ".join(done.damaged[:10])}
                )
