"""Everything a person can do with a contribution, whatever its kind. The only place that writes these tables."""

from parvis.contributions.actions.following import follow_topic, unfollow_topic
from parvis.contributions.actions.merging import (
    answer_merge_offer,
    answer_moves,
    carry_threads,
    look_again_at_connections,
    merge,
    merges_into,
    offer_merge,
    refuse_merge,
    take_threads_back,
    threads_left,
    threads_to_take_back,
    undo_merge,
)
from parvis.contributions.actions.reach import MOST_AT_ONCE, count_reach, note_opened, note_seen
from parvis.contributions.actions.reacting import react, withdraw_reaction
from parvis.contributions.actions.recommending import recommend
from parvis.contributions.actions.removing import delete, put_out_of_sight, restore
from parvis.contributions.actions.writing import CHANGED_MEANWHILE, comment, edit, publish

__all__ = [
    "CHANGED_MEANWHILE",
    "MOST_AT_ONCE",
    "answer_merge_offer",
    "answer_moves",
    "carry_threads",
    "comment",
    "count_reach",
    "delete",
    "edit",
    "follow_topic",
    "look_again_at_connections",
    "merge",
    "merges_into",
    "note_opened",
    "note_seen",
    "offer_merge",
    "publish",
    "put_out_of_sight",
    "react",
    "recommend",
    "refuse_merge",
    "restore",
    "take_threads_back",
    "threads_left",
    "threads_to_take_back",
    "undo_merge",
    "unfollow_topic",
    "withdraw_reaction",
]
