"""Facts about contributions. They carry ids; a handler loads what it needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    contribution_id: int
    audience_id: int
    author_id: int
    kind: str


@dataclass(frozen=True)
class Commented:
    contribution_id: int
    root_id: int
    parent_id: int
    audience_id: int
    author_id: int


@dataclass(frozen=True)
class Edited:
    contribution_id: int
    root_id: int | None
    audience_id: int


@dataclass(frozen=True)
class Deleted:
    contribution_id: int
    root_id: int | None
    audience_id: int
    by_id: int


@dataclass(frozen=True)
class Restored:
    contribution_id: int
    root_id: int | None
    audience_id: int


@dataclass(frozen=True)
class Recommended:
    contribution_id: int
    # What it recommends.
    about_id: int
    audience_id: int
    author_id: int


@dataclass(frozen=True)
class Reacted:
    contribution_id: int
    root_id: int | None
    audience_id: int
    person_id: int
    kind: str


@dataclass(frozen=True)
class ReactionWithdrawn:
    contribution_id: int
    root_id: int | None
    audience_id: int
    person_id: int


@dataclass(frozen=True)
class TopicsBegun:
    """A publication uses topics that it did not use before."""

    contribution_id: int
    audience_id: int
    author_id: int
    # The last of these uses.
    topic_use_id: int


@dataclass(frozen=True)
class TopicFollowed:
    topic_id: int
    person_id: int


@dataclass(frozen=True)
class TopicUnfollowed:
    topic_id: int
    person_id: int


@dataclass(frozen=True)
class Mentioned:
    contribution_id: int
    audience_id: int
    person_id: int


@dataclass(frozen=True)
class Merged:
    """One community joined another."""

    merge_id: int
    source_id: int
    target_id: int
    by_id: int


@dataclass(frozen=True)
class Unmerged:
    merge_id: int
    source_id: int
    target_id: int
    by_id: int


@dataclass(frozen=True)
class Moved:
    """These publications, with their comments, stand in another audience."""

    root_ids: tuple[int, ...]
    from_audience_id: int
    to_audience_id: int


@dataclass(frozen=True)
class MovesAnswered:
    """Somebody said whether their words may go. What they said is in no event."""

    merge_id: int
    author_id: int
