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
    # Said by the animator who took them out; empty when they left by themselves.
    reason: str = ""


@dataclass(frozen=True)
class Closed:
    """The last of the company left where nobody can come in: it is read by nobody any more, and nothing is deleted."""

    community_id: int
    by_id: int


@dataclass(frozen=True)
class Followed:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class Unfollowed:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class Pinned:
    """Or taken from the rail again."""

    community_id: int
    person_id: int


@dataclass(frozen=True)
class EntryAsked:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class EntryWithdrawn:
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
class InvitationDeclined:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class InvitationReconsidered:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class AnimatorsChanged:
    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class RemovalRead:
    community_id: int
    person_id: int


@dataclass(frozen=True)
class GatesChanged:
    """A directory group was linked or unlinked, or its people changed."""

    community_id: int


@dataclass(frozen=True)
class CommunityChanged:
    community_id: int
