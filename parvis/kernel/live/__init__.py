"""Live: what changes on a page that somebody else is looking at.

In a handler `with_write` (or an action), one line is enough:

    live.note(f"c:{root.pk}", version=root.version, counts={"comments": root.comment_count})

writes one row in the transaction, so that a lost wake-up is repaired within five seconds, and wakes the hub once it
is committed. In `AppConfig.ready` a module declares its prefix: `live.audience_of("c", …)` says who may hear of it
(what nobody declared is refused), `live.version_of("c", …)` says what a browser that comes back has missed.
"""

from parvis.kernel.live.topics import audience_of, version_of

__all__ = ["audience_of", "note", "recheck", "signal", "version_of"]

# The functions below import when called: Django loads this package before any model exists.


def note(topic: str, *, version: int, counts: dict[str, int] | None = None, author: int | None = None) -> None:
    """In the transaction of the change; see `changes.note`."""
    from parvis.kernel.live import changes

    changes.note(topic, version=version, counts=counts, author=author)


def recheck(person_id: int | None) -> None:
    """After a suspension, a sign-out everywhere, a change of access: that person's connections are looked at again."""
    from parvis.kernel.live import changes

    changes.note_recheck(person_id)


def signal(topic: str, *, version: int, counts: dict[str, int] | None = None, author: int | None = None) -> None:
    """Only the wake-up, without a row: for hints whose loss nobody minds. After the commit."""
    from parvis.kernel.live.signals import Signal, wake

    wake.send(Signal(topic, version, counts, author))
