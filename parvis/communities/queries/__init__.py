"""What pages show of communities, each with a fixed number of queries."""

from parvis.communities.queries.guests import (
    Unsponsored,
    invitations_sent,
    sponsors_in,
    stay_in,
    stays_to_look_at,
)
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
from parvis.communities.queries.project import (
    DECISIONS,
    WhereWeAre,
    decisions_page,
    members_named,
    where_we_are,
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
    "DECISIONS",
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
    "Unsponsored",
    "Waiting",
    "WhereWeAre",
    "animators_of",
    "communities_by_audience",
    "decisions_page",
    "feed_audience_ids",
    "gates_of",
    "header",
    "invitations_sent",
    "is_last_colleague",
    "joined_by",
    "members_named",
    "members_page",
    "mine",
    "people_to_invite",
    "readers_of",
    "requests_waiting",
    "sponsors_in",
    "stay_in",
    "stays_to_look_at",
    "to_discover",
    "unanimated",
    "unanimated_count",
    "waiting_for",
    "where_we_are",
]
