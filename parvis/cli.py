"""The console script: `parvis <command>`, Django's commands behind it."""

import os
import sys


def main() -> None:
    # What a network holds is nobody else's on this machine, also in a folder that somebody else made.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that a bad one is a sentence
    except (ValueError, OSError) as error:
        sys.exit(f"parvis : un réglage ne peut pas être utilisé · a setting cannot be used: {error}")
    execute_from_command_line(["parvis", *sys.argv[1:]])
