"""`kill -9` between a write and what follows from it: both are there or neither; and open pages hear of it."""

import signal

import pytest

from tests.crash.crowd import Crowd
from tests.kernel.forks import Fork
from tests.kernel.network import Network, eventually
from tests.kernel.ports import Tab
from tests.kernel.serve.test_processes import start

pytestmark = [pytest.mark.slow, pytest.mark.engine]

# A process that publishes with a mention and a topic, and stands still: in the handler of a fact, or just committed.
_PUBLISH = """
import time
from django.db import transaction
from parvis.contributions.events import Mentioned, Published
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.events import with_write
from parvis.kernel.idempotency.once import once
from parvis.people.models import Person
from parvis.wall import actions

def stand_still(*_):
    print("here", flush=True)
    time.sleep(60)

def create():
    if {fact} is None:
        transaction.on_commit(stand_still)  # before those of the handlers, which tell the hub
    else:
        with_write({fact})(stand_still)
    text = "Pour @crowd1, sur #soudure"
    return actions.publish(author=author, audience_id=company_audience_id(), text=text).pk

author = Person.objects.get(identifier="crowd0")
once(act="publish", person_id=author.pk, key="clef-de-crowd0", create=create)
"""
_ROWS = {
    "contributions": "SELECT count(*) FROM contributions_contribution",
    "announcements": "SELECT count(*) FROM live_change WHERE topic LIKE 'a:%'",
    "mentions": "SELECT count(*) FROM contributions_mention",
    "topics": "SELECT count(*) FROM contributions_topicuse",
    "keys": "SELECT count(*) FROM idempotency_usedkey",
}


def rows(network: Network) -> dict[str, int]:
    return {name: int(network.sql(query)[0][0]) for name, query in _ROWS.items()}


def killed(network: Network, *, in_handler_of: str | None) -> None:
    """Publishes in a process of its own, which is killed there; None: after the commit, before anything else."""
    process = network.start(_PUBLISH.format(fact=in_handler_of))
    assert process.stdout.readline() == "here\n", process.stdout.read()
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("fact", ["Mentioned", "Published"])
def test_before_the_commit_nothing_is_there(crowd: Crowd, fact: str):
    killed(crowd.network, in_handler_of=fact)
    assert set(rows(crowd.network).values()) == {0}
    # The lock that all writers share went with the process: the next one is not kept waiting.
    start(crowd.network, crowd.port)
    assert crowd.publish(0, "Pour @crowd1, sur #soudure", "clef-de-crowd0")[0] == 302
    assert set(rows(crowd.network).values()) == {1}


def test_after_the_commit_everything_is_there_and_the_key_is_used(crowd: Crowd):
    killed(crowd.network, in_handler_of=None)
    assert set(rows(crowd.network).values()) == {1}
    start(crowd.network, crowd.port)
    assert crowd.publish(0, "Pour @crowd1, sur #soudure", "clef-de-crowd0")[0] == 302
    assert set(rows(crowd.network).values()) == {1}, "the same form sent again makes nothing new"


def test_an_open_page_hears_of_what_a_killed_process_wrote(crowd: Crowd):
    served = start(crowd.network, crowd.port)
    tab = _open(crowd).shows(**{f"a{crowd.audience}": 0})
    # Its last act was the commit: it never told the hub.
    killed(crowd.network, in_handler_of=None)
    frame = tab.next(within=60)
    assert frame["topic"] == f"a:{crowd.audience}"
    tab.leave()

    # The server itself is killed after a write, and started again: the page that comes back is told what it missed.
    assert crowd.publish(0, "Encore un mot")[0] == 302
    _kill_the_tree(served)
    start(crowd.network, crowd.port)
    tab = eventually(lambda: _open(crowd)).shows(**{f"a{crowd.audience}": frame["version"]})
    assert tab.next(within=60)["version"] > frame["version"]
    tab.leave()


def _open(crowd: Crowd) -> Tab:
    return Tab(crowd.port, crowd.cookies[1])


def _kill_the_tree(served: Fork) -> None:
    """The parent; its children end by themselves (tests/kernel/serve)."""
    served.kill()
    served.wait()
