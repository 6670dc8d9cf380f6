"""Communities: places with a purpose, entered by one's own act."""

from parvis.communities.models.community import HIDDEN, Community, CommunityQuerySet
from parvis.communities.models.entering import (
    RECONSIDER_WITHIN,
    EntryRequest,
    Invitation,
    InvitationQuerySet,
    Recommendation,
    Removal,
)
from parvis.communities.models.front import CommunityTool
from parvis.communities.models.groups import GroupGate, GroupRight
from parvis.communities.models.life import PULSE_DAYS, UNDO_FOR, Merge, Policy, Pulse
from parvis.communities.models.membership import Follow, Membership
from parvis.communities.models.project import Decision, Milestone, ProjectState

__all__ = [
    "HIDDEN",
    "PULSE_DAYS",
    "RECONSIDER_WITHIN",
    "UNDO_FOR",
    "Community",
    "CommunityQuerySet",
    "CommunityTool",
    "Decision",
    "EntryRequest",
    "Follow",
    "GroupGate",
    "GroupRight",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "Merge",
    "Milestone",
    "Policy",
    "ProjectState",
    "Pulse",
    "Recommendation",
    "Removal",
]
