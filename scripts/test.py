"""`make test`: every check, then the tests without a browser, then the journeys in a real Chromium.

A failing step does not hide the others: all run, and the last lines name those that failed or could not run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONT = ROOT / "frontend"
PYTHON = sys.executable
BIN = Path(PYTHON).parent
NOTHING_COLLECTED = 5  # pytest's exit code


def clean_environment(data: str) -> dict[str, str]:
    """Without what an installation of Parvis on the same machine may have set, and with a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL", "EMAIL_URL"):
        kept.pop(name, None)
    if not sys.stdout.isatty():
        kept["NO_COLOR"] = "1"
    # The tests start some eighty processes: what one has compiled serves the others, beside the tree and not in it.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    kept["PYTHONPYCACHEPREFIX"] = str(ROOT / ".cache" / "bytecode")
    # The Node of .venv, not the machine's.
    return {**kept, "PARVIS_DATA": data, "PATH": f"{BIN}{os.pathsep}{kept.get('PATH', '')}"}


@dataclass
class Run:
    """What went wrong so far, and since when."""

    environment: dict[str, str]
    started_at: float = field(default_factory=time.monotonic)
    failed: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def step(self, name: str, command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
        began = time.monotonic()
        print(f"── {name}", flush=True)
        code = subprocess.run(command, cwd=cwd, env={**self.environment, **(env or {})}).returncode
        if code and not (code == NOTHING_COLLECTED and "pytest" in command):
            self.failed.append(name)
        print(f"   {name}: {time.monotonic() - began:.1f} s", flush=True)

    def close(self) -> int:
        print(f"── {time.monotonic() - self.started_at:.0f} s in all", flush=True)
        for what in self.not_run:
            print(f"NOT RUN: {what}")
        for name in self.failed:
            print(f"FAILED: {name}")
        is_incomplete = bool(self.not_run) and os.environ.get("CI", "").lower() in {"1", "true", "yes"}
        return 1 if self.failed or is_incomplete else 0


def checks(run: Run) -> None:
    run.step("ruff: rules", [PYTHON, "-m", "ruff", "check", "--quiet"])
    run.step("ruff: format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet"])
    run.step("import-linter: layers", [str(BIN / "lint-imports"), "--no-logo"])
    run.step("mypy: types", [PYTHON, "-m", "mypy", "--no-error-summary"])
    run.step("templates", [PYTHON, "scripts/lint_templates.py"])
    run.step("migrations are complete", [str(BIN / "parvis"), "makemigrations", "--check", "--dry-run"])
    run.step("tsc: types of the islands", [str(FRONT / "node_modules/.bin/tsc"), "--noEmit"], cwd=FRONT)
    run.step("Vitest: islands", [str(FRONT / "node_modules/.bin/vitest"), "run", "--reporter=dot"], cwd=FRONT)


def without_browser(run: Run, jobs: str) -> None:
    run.step("tests without a browser", [PYTHON, "-m", "pytest", "-n", jobs, "-m", "not browser", "--durations=10"])


def journeys(run: Run) -> None:
    chromium = subprocess.run(["scripts/chromium.sh"], cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()
    if not chromium:
        run.not_run.append(
            "the browser journeys: no Chromium here, and none could be installed from Debian's packages"
        )
        return
    command = [PYTHON, "-m", "pytest", "-n", "0", "-m", "browser", "--durations=10"]
    run.step("journeys in Chromium", command, env={"PARVIS_CHROMIUM": chromium})


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--jobs", default="2", help="tests that run side by side")
    arguments.add_argument("--only-checks", action="store_true")
    chosen = arguments.parse_args()

    with tempfile.TemporaryDirectory(prefix="parvis-test-") as data:
        run = Run(clean_environment(data))
        checks(run)
        if not chosen.only_checks:
            without_browser(run, chosen.jobs)
            journeys(run)
        return run.close()


if __name__ == "__main__":
    sys.exit(main())
