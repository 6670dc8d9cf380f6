"""Puts the project on the path of .venv and writes its console script, `.venv/bin/parvis`.

Done here rather than by an editable install: no build back end to lock, and it takes 30 ms.
"""

import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The first lines are a shell script that starts the Python beside it, wherever the folder lies and however long its
# path is; to Python they are a string.
CONSOLE = """\
#!/bin/sh
'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"
' '''
import sys

from parvis.cli import main

sys.exit(main())
"""


def install() -> None:
    Path(sysconfig.get_path("purelib"), "parvis.pth").write_text(f"{ROOT}\n")
    console = Path(sysconfig.get_path("scripts"), "parvis")
    console.write_text(CONSOLE)
    console.chmod(0o755)


if __name__ == "__main__":
    install()
