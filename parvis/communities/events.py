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


@dataclass(frozen=True)
class ProjectChanged:
    """Where it stands was said anew, or a decision was noted."""

    community_id: int
    by_id: int


@dataclass(frozen=True)
class CommunityOpened:
    """Two people animate it: it begins."""

    community_id: int


@dataclass(frozen=True)
class Archived:
    """It rests: read only, found as before."""

    community_id: int
    by_id: int


@dataclass(frozen=True)
class Unarchived:
    community_id: int
    by_id: int


@dataclass(frozen=True)
class PulseAsked:
    pulse_id: int
    community_id: int


@dataclass(frozen=True)
class PulseAnswered:
    pulse_id: int
    community_id: int
    by_id: int


@dataclass(frozen=True)
class MergeOffered:
    """Those who animate `source_id` ask those who animate `target_id`."""

    source_id: int
    target_id: int
    by_id: int


@dataclass(frozen=True)
class MergeOfferAnswered:
    """Or withdrawn, when `is_accepted` is None."""

    source_id: int
    target_id: int
    by_id: int
    is_accepted: bool | None


@dataclass(frozen=True)
class PolicyChanged:
    by_id: int


@dataclass(frozen=True)
class StayEnded:
    """The time of a guest ran out: nothing was read any more from that moment, and the membership is gone."""

    community_id: int
    person_id: int


@dataclass(frozen=True)
class StayChanged:
    """A guest stays longer or shorter, or somebody else answers for them."""

    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class InvitationWithdrawn:
    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class EmbassyOffered:
    """Those who animate asked a member to welcome with them."""

    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class AmbassadorsChanged:
    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class Recommended:
    """A member told a colleague of a community."""

    community_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class ParentProposed:
    """Those who animate the parent are asked to list a community under it."""

    community_id: int
    parent_id: int
    by_id: int


@dataclass(frozen=True)
class ParentChanged:
    community_id: int
    parent_id: int | None
    by_id: int
