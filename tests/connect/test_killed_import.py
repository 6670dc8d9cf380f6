"""`kill -9` in the middle of `parvis import_directory`: the same command again ends where it would have ended."""

import json
import signal
from pathlib import Path

import pytest

from tests.kernel.network import Network

pytestmark = [pytest.mark.slow, pytest.mark.engine]

# The command in a process that stands still at the n-th fact of a kind, inside the transaction that made it.
_IMPORT = """
import time
from django.core.management import call_command
from parvis.kernel.events import with_write
from parvis.people.events import PersonAdded, PersonChanged, Suspended

facts = []

def stand_still(fact):
    facts.append(fact)
    if len(facts) == {nth}:
        print("here", flush=True)
        time.sleep(60)

with_write({fact})(stand_still)
call_command("import_directory", {path!r}, source="rh", confirm=True, verbosity=0)
"""
_HEAD = "Matricule;Nom;Prénom;Courriel;Fonction;Responsable;Groupes"
_STATE = """
SELECT person.employee_number, person.title, manager.employee_number, person.suspended_at IS NOT NULL,
       entry.left_at IS NOT NULL
FROM people_person person
JOIN connect_entry entry ON entry.person_id = person.id
LEFT JOIN people_person manager ON manager.id = person.manager_id
"""
_MEMBERS = """
SELECT directory_group.name, person.employee_number
FROM connect_groupmember member
JOIN connect_group directory_group ON directory_group.id = member.group_id
JOIN people_person person ON person.id = member.person_id
"""
# Before: 40 people. After: the first four left, the next twenty have another function, thirty are new; all have a
# manager, the last of the file.
BEFORE, AFTER, CHANGED = range(1, 41), range(5, 71), range(5, 25)


def line(number: int, *, function: str, manager: int) -> str:
    of = "" if number == manager else manager
    return f"{number};Nom{number};Prénom;p{number}@v.example;{function};{of};Équipe {number % 3}"


def write(path: Path, people: range, *, changed: range = range(0)) -> Path:
    said = [line(n, function="Chef" if n in changed else "Soudeur", manager=people[-1]) for n in people]
    path.write_text("\n".join([_HEAD, *said]))
    return path


def bring_in(network: Network, path: Path) -> tuple[int, ...]:
    """What one run of the command says it did: created, updated, left, refused."""
    said = network.command("import_directory", str(path), "--source", "rh", "--confirm", "--json")
    assert said.returncode == 0, said.stderr
    report = json.loads(said.stdout.strip().splitlines()[-1])
    return tuple(report[figure] for figure in ("created", "updated", "left", "refused"))


@pytest.mark.parametrize(
    ("fact", "nth", "there"),
    [
        ("PersonAdded", 15, range(40, 70)),  # new people, the first tens of whom are written
        ("PersonChanged", 50, range(70, 71)),  # managers, who come once everybody is there
        ("Suspended", 2, range(70, 71)),  # who left
    ],
)
def test_the_same_command_again_ends_in_the_same_state(
    network: Network, tmp_path: Path, fact: str, nth: int, there: range
):
    assert bring_in(network, write(tmp_path / "before.csv", BEFORE)) == (40, 0, 0, 0)
    after = write(tmp_path / "after.csv", AFTER, changed=CHANGED)

    process = network.start(_IMPORT.format(fact=fact, nth=nth, path=str(after)))
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n", process.stdout.read()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert network.sql("SELECT count(*) FROM people_person")[0][0] in there
    assert state(network) != wanted()
    assert network.sql("SELECT count(*) FROM connect_import WHERE ended_at IS NULL") == [(1,)]

    assert bring_in(network, after)[3] == 0
    assert state(network) == wanted()
    assert sorted(network.sql(_MEMBERS)) == sorted((f"Équipe {n % 3}", str(n)) for n in AFTER)
    assert network.sql("SELECT count(*) FROM communities_membership") == [(0,)], "nobody was enrolled anywhere"


def state(network: Network) -> dict[str, tuple[object, ...]]:
    return {number: (*said, bool(is_out), bool(left)) for number, *said, is_out, left in network.sql(_STATE)}


def wanted() -> dict[str, tuple[object, ...]]:
    """What the second file says, and of those it no longer names what the first one said."""
    stay = {
        str(n): ("Chef" if n in CHANGED else "Soudeur", None if n == AFTER[-1] else str(AFTER[-1]), False, False)
        for n in AFTER
    }
    gone = {str(n): ("Soudeur", str(BEFORE[-1]), True, True) for n in BEFORE if n not in AFTER}
    return stay | gone
