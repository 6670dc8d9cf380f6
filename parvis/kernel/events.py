"""Facts: the only channel by which a lower module reaches a higher one.

A handler says when it runs. `with_write`: in the transaction of the act, rows only, so that what must not be lost
(a notice, an index entry, a job) is committed with it. `after_commit`: live hints only; losing one costs a refetch.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

Event = TypeVar("Event")
Handler = Callable[[Any], None]

_with_write: dict[type, list[Handler]] = defaultdict(list)
_after_commit: dict[type, list[Handler]] = defaultdict(list)


def with_write(*event_types: type) -> Callable[[Handler], Handler]:
    return partial(_register, _with_write, event_types)


def after_commit(*event_types: type) -> Callable[[Handler], Handler]:
    return partial(_register, _after_commit, event_types)


def _register(table: dict[type, list[Handler]], event_types: tuple[type, ...], handler: Handler) -> Handler:
    for event_type in event_types:
        table[event_type].append(handler)
    return handler


def publish(event: object) -> None:
    """Runs the `with_write` handlers now and the others once the transaction is committed.

    Raises TransactionManagementError outside a transaction: a fact without its write would be a rumour.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{type(event).__name__} was published outside a transaction")
    for handler in _with_write[type(event)]:
        handler(event)
    for handler in _after_commit[type(event)]:
        transaction.on_commit(partial(handler, event), robust=True)
