"""`parvis check_installation`: what is missing or unwise, and what to do."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from parvis.operate.inspection import findings

_SIGNS = {"fine": "  ok", "unwise": "   !", "broken": "NON "}


class Command(BaseCommand):
    help = (
        "Says what is missing or unwise in this installation, and what to do. Exits with 1 when something is broken."
    )
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        with translation.override(settings.PARVIS_LANGUAGE):
            found = findings(reach=True)
            for finding in found:
                self.stdout.write(f"{_SIGNS[finding.level]} {finding.what}")
                if finding.remedy:
                    self.stdout.write(f"       → {finding.remedy}")
        if any(finding.level == "broken" for finding in found):
            sys.exit(1)
