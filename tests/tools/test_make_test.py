"""What `make test` says and answers at its end."""

import subprocess
import sys

import pytest

from scripts import test as make_test

OK = [sys.executable, "-c", ""]
BROKEN = [sys.executable, "-c", "raise SystemExit(1)"]
NOTHING_COLLECTED = [sys.executable, "-c", "raise SystemExit(5)", "pytest"]


@pytest.fixture
def run(tmp_path: object) -> make_test.Run:
    return make_test.Run(make_test.clean_environment(str(tmp_path)))


def test_all_is_well(run: make_test.Run) -> None:
    run.step("one", OK)
    assert run.close() == 0


def test_a_failure_is_named_last_and_hides_no_later_step(
    run: make_test.Run, capfd: pytest.CaptureFixture[str]
) -> None:
    run.step("one", BROKEN)
    run.step("two", OK)

    assert run.close() == 1
    said = capfd.readouterr().out
    assert "two: 0." in said
    assert said.splitlines()[-1] == "FAILED: one"


def test_no_journey_yet_is_no_failure(run: make_test.Run) -> None:
    run.step("journeys", NOTHING_COLLECTED)
    assert run.close() == 0


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_what_could_not_run_is_said_and_fails_only_ci(
    run: make_test.Run,
    ci: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CI", ci)
    run.not_run.append("the browser journeys")

    assert run.close() == code
    assert capfd.readouterr().out.splitlines()[-1] == "NOT RUN: the browser journeys"


def test_an_installation_on_the_same_machine_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARVIS_URL", "https://reseau.example.com")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/real")

    clean = make_test.clean_environment("/nowhere")
    assert "PARVIS_URL" not in clean
    assert "DATABASE_URL" not in clean
    assert clean["PARVIS_DATA"] == "/nowhere"


def test_what_one_process_compiled_serves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    look = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    clean = make_test.clean_environment("/nowhere")

    said = subprocess.run([sys.executable, "-c", look], env=clean, capture_output=True, text=True).stdout
    assert said == f"False {make_test.ROOT}/.cache/bytecode\n"
