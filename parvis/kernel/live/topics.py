"""What a topic is about. Modules say, for their own prefix, which audience reads it and which version it has.

`a:<audience>` and `p:<person>` are known here; any other prefix that nobody declared is refused to everybody.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

Resolver = Callable[[Collection[int]], Mapping[int, int]]

# A member of 300 communities hears of each on their feed, and of the cards on it.
MOST_TOPICS = 400
_NAME = re.compile(r"([a-z]{1,12}):([0-9]{1,18})")
_audiences: dict[str, Resolver] = {}
_versions: dict[str, Resolver] = {}


def audience_of(prefix: str, resolver: Resolver) -> None:
    """Declares `prefix`: the resolver takes ids and gives `{id: audience_id}`, without those that are gone."""
    _audiences[prefix] = resolver


def version_of(prefix: str, resolver: Resolver) -> None:
    """Declares where the version of `prefix` stands: the resolver takes ids and gives `{id: version}`."""
    _versions[prefix] = resolver


def parsed(topic: str) -> tuple[str, int] | None:
    match = _NAME.fullmatch(topic)
    return (match[1], int(match[2])) if match else None


def audiences(topics: Iterable[str]) -> dict[str, int]:
    """The audience of each topic that has one. One query a prefix."""
    return _resolved(_audiences | {"a": _itself}, topics)


def versions(topics: Iterable[str]) -> dict[str, int]:
    """The version of each topic that declares one. One query a prefix."""
    return _resolved(_versions, topics)


def _itself(ids: Collection[int]) -> Mapping[int, int]:
    return {each: each for each in ids}


def _resolved(resolvers: Mapping[str, Resolver], topics: Iterable[str]) -> dict[str, int]:
    by_prefix: dict[str, set[int]] = {}
    for topic in topics:
        name = parsed(topic)
        if name and name[0] in resolvers:
            by_prefix.setdefault(name[0], set()).add(name[1])
    return {
        f"{prefix}:{found}": value
        for prefix, ids in by_prefix.items()
        for found, value in resolvers[prefix](ids).items()
    }
