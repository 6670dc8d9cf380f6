"""What a person can do to a community: found it, come in, leave, animate it, and what a directory group grants."""

from parvis.communities.actions.animating import (
    change_settings,
    hand_over,
    let_go,
    make_animator,
    offer_animation,
    step_down,
    take_up,
)
from parvis.communities.actions.entering import (
    acknowledge_removal,
    ask_to_enter,
    decide_entry,
    decline_invitation,
    follow,
    invite,
    join,
    pin,
    reconsider_invitation,
    unfollow,
    unpin,
    withdraw_request,
)
from parvis.communities.actions.founding import found, note_exchange
from parvis.communities.actions.groups import grant_group, unlink_group
from parvis.communities.actions.leaving import leave

__all__ = [
    "acknowledge_removal",
    "ask_to_enter",
    "change_settings",
    "decide_entry",
    "decline_invitation",
    "follow",
    "found",
    "grant_group",
    "hand_over",
    "invite",
    "join",
    "leave",
    "let_go",
    "make_animator",
    "note_exchange",
    "offer_animation",
    "pin",
    "reconsider_invitation",
    "step_down",
    "take_up",
    "unfollow",
    "unlink_group",
    "unpin",
    "withdraw_request",
]
