"""Facts about communities."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CommunityFounded:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class Joined:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class Left:
    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class EntryAsked:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class EntryDecided:
    community_id: int
    person_id: int
    is_accepted: bool
    by_id: int


@dataclass(frozen=True)
class Invited:
    community_id: int
    person_id: int
    by_id: int | None


@dataclass(frozen=True)
class CommunityChanged:
    community_id: int
