"""What follows from facts about contributions: reports stand where what they are about stands."""

from parvis.contributions.events import Moved
from parvis.kernel.events import with_write
from parvis.moderation import actions


@with_write(Moved)
def follow_what_moved(event: Moved) -> None:
    """Those who animate the place where it stands now read them."""
    actions.follow_threads(root_ids=event.root_ids, audience_id=event.to_audience_id)
