"""Facts about access."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccessChanged:
    """Somebody's scope changed (everybody's when `person_id` is None): live connections must be rechecked."""

    person_id: int | None
