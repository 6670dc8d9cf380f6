"""What follows from facts about access."""

from parvis.kernel import live
from parvis.kernel.audiences.events import AccessChanged
from parvis.kernel.events import with_write


@with_write(AccessChanged)
def look_again(event: AccessChanged) -> None:
    live.recheck(event.person_id)
