"""`make dev`: the demo company, started again when the code changes, with the front end built as one saves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WATCHED = {".py", ".html", ".toml", ".csv", ".mo", ".json"}
LOOK_EVERY = 0.5  # seconds


def main(port: str) -> None:
    vite = subprocess.Popen(
        ["node_modules/.bin/vite", "build", "--watch", "--logLevel", "warn"], cwd=ROOT / "frontend"
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while True:
            serve = subprocess.Popen(["scripts/demo.sh", port], cwd=ROOT)
            try:
                wait_for_a_change()
            finally:
                stop(serve)
    except KeyboardInterrupt:
        pass
    finally:
        stop(vite)


def wait_for_a_change() -> None:
    before = dict(stamps())
    while dict(stamps()) == before:
        time.sleep(LOOK_EVERY)


def stamps() -> Iterator[tuple[str, int]]:
    for top in ("parvis", "config", "locale"):
        for folder, _, names in os.walk(ROOT / top):
            for name in names:
                path = Path(folder, name)
                if path.suffix in WATCHED:
                    yield str(path), path.stat().st_mtime_ns


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "8000")
