"""What a person can do to a community: found it, come in, leave, animate it, and what a directory group grants."""

from parvis.communities.actions.ambassadors import (
    accept_embassy,
    decline_embassy,
    end_embassies,
    end_embassy,
    offer_embassy,
    thank,
)
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
    follow,
    join,
    pin,
    unfollow,
    unpin,
    withdraw_request,
)
from parvis.communities.actions.founding import found, found_open, note_exchange
from parvis.communities.actions.groups import grant_group, unlink_group
from parvis.communities.actions.guests import bring_guest, change_stay, end_stay, let_end, remind_of_ends
from parvis.communities.actions.inviting import (
    decline_invitation,
    invite,
    reconsider_invitation,
    withdraw_invitation,
)
from parvis.communities.actions.leaving import leave
from parvis.communities.actions.merging import (
    forget_merge,
    lock_all,
    note_merge_offer,
    people_to_tell,
    set_last_exchange,
    take_merge_offer,
    tell_of_merge,
    withdraw_merge_offer,
)
from parvis.communities.actions.opening import ask_second_animator, open_community, withdraw_invitation_to_animate
from parvis.communities.actions.policy import change_policy
from parvis.communities.actions.project import Step, note_decision, say_where_we_are, take_back_decision
from parvis.communities.actions.pulses import REMINDED_AFTER, STILL_ASKED, ask_pulse, go_on, remind_of_pulse
from parvis.communities.actions.resting import (
    archive,
    put_to_rest,
    take_turn_to_write,
    unarchive,
    wake,
    words_of_archive,
)

__all__ = [
    "REMINDED_AFTER",
    "STILL_ASKED",
    "Step",
    "accept_embassy",
    "acknowledge_removal",
    "archive",
    "ask_pulse",
    "ask_second_animator",
    "ask_to_enter",
    "bring_guest",
    "change_policy",
    "change_settings",
    "change_stay",
    "decide_entry",
    "decline_embassy",
    "decline_invitation",
    "end_embassies",
    "end_embassy",
    "end_stay",
    "follow",
    "forget_merge",
    "found",
    "found_open",
    "go_on",
    "grant_group",
    "hand_over",
    "invite",
    "join",
    "leave",
    "let_end",
    "let_go",
    "lock_all",
    "make_animator",
    "note_decision",
    "note_exchange",
    "note_merge_offer",
    "offer_animation",
    "offer_embassy",
    "open_community",
    "people_to_tell",
    "pin",
    "put_to_rest",
    "reconsider_invitation",
    "remind_of_ends",
    "remind_of_pulse",
    "say_where_we_are",
    "set_last_exchange",
    "step_down",
    "take_back_decision",
    "take_merge_offer",
    "take_turn_to_write",
    "take_up",
    "tell_of_merge",
    "thank",
    "unarchive",
    "unfollow",
    "unlink_group",
    "unpin",
    "wake",
    "withdraw_invitation",
    "withdraw_invitation_to_animate",
    "withdraw_merge_offer",
    "withdraw_request",
    "words_of_archive",
]
