"""What the network of Ateliers Vauban is made of, before any row is written."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from parvis.demo.cast import Somebody, by_handle
from parvis.demo.dice import dice

# The company's wall, beside the keys of communities.toml.
COMPANY = "entreprise"
SPAN = timedelta(days=548)
SUSPENDED_AFTER = {"denis.bourgeat": timedelta(days=40), "ryan.doyle": timedelta(days=130)}


class Impossible(Exception):
    """The texts ask for something that cannot have happened: the message says what."""


@dataclass(frozen=True)
class Place:
    """A community as communities.toml tells it."""

    key: str
    name: str
    kind: str
    access: str
    icon: str
    hue: int
    purpose: str
    rules: str
    founded_at: datetime
    animators: tuple[Somebody, ...]


@dataclass
class Reacted:
    person: Somebody
    kind: str
    at: datetime


@dataclass
class Contributed:
    place: str
    author: Somebody
    title: str
    text: str
    language: str
    at: datetime
    root: "Contributed | None" = None
    parent: "Contributed | None" = None
    reactions: list[Reacted] = field(default_factory=list)


@dataclass(frozen=True)
class Joined:
    place: str
    person: Somebody
    at: datetime
    is_animator: bool


@dataclass(frozen=True)
class Plan:
    now: datetime
    places: list[Place]
    joined: list[Joined]
    follows: list[tuple[str, Somebody, datetime]]
    contributed: list[Contributed]  # oldest first, comments among them
    came_in: dict[str, datetime]


def somebody(handle: str) -> Somebody:
    try:
        return by_handle()[handle]
    except KeyError:
        raise Impossible(f"nobody, or more than one person, is called {handle}") from None


def days_here(person: Somebody) -> int:
    return SPAN.days if person.days_here is None else person.days_here


def was_there(person: Somebody, at: datetime, now: datetime) -> bool:
    if (now - at).days >= days_here(person):
        return False
    left = SUSPENDED_AFTER.get(person.identifier)
    return left is None or at < now - left


@lru_cache(maxsize=2_000)
def talkativeness(person: Somebody, seed: str) -> float:
    """Few write a lot, most a little."""
    return dice(seed, "weight", person.identifier).lognormvariate(0.0, 0.9)
