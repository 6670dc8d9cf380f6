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
from parvis.communities.models.front import CommunityTool, PutAway
from parvis.communities.models.groups import GroupGate, GroupRight
from parvis.communities.models.kin import ParentProposal
from parvis.communities.models.life import PULSE_DAYS, UNDO_FOR, Merge, MergeOffer, Policy, Pulse
from parvis.communities.models.membership import AmbassadorOffer, Follow, Membership, MembershipQuerySet
from parvis.communities.models.project import Decision, Milestone, ProjectState

__all__ = [
    "HIDDEN",
    "PULSE_DAYS",
    "RECONSIDER_WITHIN",
    "UNDO_FOR",
    "AmbassadorOffer",
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
    "MembershipQuerySet",
    "Merge",
    "MergeOffer",
    "Milestone",
    "ParentProposal",
    "Policy",
    "ProjectState",
    "Pulse",
    "PutAway",
    "Recommendation",
    "Removal",
]
