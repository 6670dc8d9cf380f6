"""What pages show of communities, each with a fixed number of queries."""

from parvis.communities.queries.head import HOSTS, CommunityHeader, header
from parvis.communities.queries.lists import CARDS, Card, Sought, Waiting, mine, to_discover, waiting_for
from parvis.communities.queries.members import (
    HITS,
    MEMBERS,
    Invitable,
    Members,
    gates_of,
    members_page,
    people_to_invite,
    requests_waiting,
)
from parvis.communities.queries.readers import (
    Readers,
    animators_of,
    communities_by_audience,
    feed_audience_ids,
    is_last_colleague,
    joined_by,
    readers_of,
)
from parvis.communities.queries.unanimated import Unanimated, unanimated, unanimated_count

__all__ = [
    "CARDS",
    "HITS",
    "HOSTS",
    "MEMBERS",
    "Card",
    "CommunityHeader",
    "Invitable",
    "Members",
    "Readers",
    "Sought",
    "Unanimated",
    "Waiting",
    "animators_of",
    "communities_by_audience",
    "feed_audience_ids",
    "gates_of",
    "header",
    "is_last_colleague",
    "joined_by",
    "members_page",
    "mine",
    "people_to_invite",
    "readers_of",
    "requests_waiting",
    "to_discover",
    "unanimated",
    "unanimated_count",
    "waiting_for",
]
