"""What follows from facts about people."""

from parvis.kernel import live
from parvis.kernel.events import with_write
from parvis.people.events import SignedOutEverywhere


@with_write(SignedOutEverywhere)
def close_what_is_open(event: SignedOutEverywhere) -> None:
    live.recheck(event.person_id)
