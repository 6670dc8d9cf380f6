"""Everything said is a Contribution; reactions, mentions, topics and history hang on it, whatever its kind."""

from parvis.contributions.models.acts import Mention, Reaction, Revision
from parvis.contributions.models.contribution import Contribution, ContributionQuerySet
from parvis.contributions.models.moves import Move, MoveConsent
from parvis.contributions.models.reach import Reach, Seen
from parvis.contributions.models.topics import Topic, TopicFollow, TopicUse

__all__ = [
    "Contribution",
    "ContributionQuerySet",
    "Mention",
    "Move",
    "MoveConsent",
    "Reach",
    "Reaction",
    "Revision",
    "Seen",
    "Topic",
    "TopicFollow",
    "TopicUse",
]
