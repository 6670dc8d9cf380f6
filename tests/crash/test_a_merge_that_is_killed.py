"""`kill -9` in the middle of a large merge, and of its undoing: run again, it ends as if nothing had happened."""

import json
import signal

import pytest

from tests.kernel.network import Network, eventually

pytestmark = [pytest.mark.slow, pytest.mark.engine]

THREADS = 40
_SETTLE = """
import json
from parvis.communities import actions as communities
from parvis.communities.models import Community
from parvis.contributions import actions
from parvis.wall import actions as wall
from tests.conftest import make_person
one = make_person("one", "Une")
given = {{"purpose": "Durer.", "kind": "trade", "access": "open"}}
source, target = (communities.found_open(person=one, name=name, **given) for name in ("Source", "Cible"))
one.forget_scope()
for n in range({threads}):
    made = wall.publish(author=one, audience_id=source.audience_id, text=str(n))
    actions.comment(author=one, on=made, text="Oui")
merge = actions.merge(by=one, source=source, target=target)
print(json.dumps([merge.pk, source.audience_id, target.audience_id]))
"""
# Slowly, so that it is killed on its way.
_CARRY = """
import time
from parvis.contributions import actions, jobs
from parvis.contributions.events import Moved
from parvis.kernel.events import with_write
@with_write(Moved)
def say(event):
    print("moved", flush=True)
    time.sleep({pause})
jobs.carry_on_merge({merge})
"""
_UNDO = """
from parvis.communities.models import Merge
from parvis.contributions import actions
from parvis.people.models import Person
actions.undo_merge(by=Person.objects.get(identifier="one"), merge=Merge.objects.get())
"""


def standing(network: Network, audience: int) -> int:
    rows = network.sql(f"SELECT count(*) FROM contributions_contribution WHERE audience_id = {audience}")
    return int(rows[0][0])


def carry(network: Network, merge: int, *, kill_after: int = 0) -> None:
    process = network.start(_CARRY.format(merge=merge, pause=0.2 if kill_after else 0))
    for _time in range(kill_after):
        assert process.stdout.readline() == "moved\n"
    if kill_after:
        process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_merge_killed_on_its_way_and_its_undoing_too(network: Network) -> None:
    said = network.run(_SETTLE.format(threads=THREADS)).splitlines()[-1]
    merge, source, target = json.loads(said)
    assert standing(network, source) == 2 * THREADS

    carry(network, merge, kill_after=3)
    # Each thread is whole, here or there.
    halfway = eventually(lambda: standing(network, target))
    assert 0 < halfway < 2 * THREADS
    assert halfway % 2 == 0
    carry(network, merge)
    assert (standing(network, source), standing(network, target)) == (0, 2 * THREADS)

    network.run(_UNDO)
    carry(network, merge, kill_after=2)
    carry(network, merge)
    assert (standing(network, source), standing(network, target)) == (2 * THREADS, 0)
    assert network.sql("SELECT count(*) FROM contributions_move") == [(0,)]
