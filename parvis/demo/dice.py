"""Chance that falls the same way each time: a generator for each name, so that one text more changes no other."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


def dice(*names: object) -> Random:
    """Seeded by its names alone."""
    return Random("/".join(map(str, names)))  # noqa: S311  nothing here is secret


def in_turns(things: Sequence[Thing], rng: Random) -> Iterator[Thing]:
    """Each in turn, in another order each time, never the same twice running."""
    last: Thing | None = None
    while things:
        turn = list(things)
        rng.shuffle(turn)
        if turn[0] == last and len(turn) > 1:
            turn.append(turn.pop(0))
        last = turn[-1]
        yield from turn


def some(things: Sequence[Thing], weights: Sequence[float], count: int, rng: Random) -> list[Thing]:
    """`count` different ones, the heavy more often (Efraimidis and Spirakis, 2006)."""
    keyed = sorted(zip(things, weights, strict=True), key=lambda one: -(rng.random() ** (1 / one[1])))
    return [thing for thing, _weight in keyed[:count]]
