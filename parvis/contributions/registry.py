"""The registry of kinds: what each kind of contribution tells the rest, so that nobody above imports a kind."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from parvis.contributions.models import Contribution


@dataclass(frozen=True)
class Kind:
    """One kind, as its module's `declares.py` states it."""

    name: str
    # As said in a card and in « Quoi ? »; gettext_lazy.
    label: str | Promise
    icon: str
    family: Contribution.Family
    # ActivityStreams 2.0 type of the object, for exports.
    activity_type: str
    # The words under which search finds it.
    search_text: Callable[[Contribution], str]
    # Days after which it is removed; None keeps it until its community's review.
    retention_days: int | None
    # Asked in « Quoi ? » of the composer.
    is_composed: bool = False


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    if kind.name in _kinds:
        raise ValueError(f"two kinds are named {kind.name}")
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """Raises KeyError for a kind that no module declares."""
    return _kinds[name]


def kinds() -> list[Kind]:
    return list(_kinds.values())
