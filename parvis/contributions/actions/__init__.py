"""Everything a person can do with a contribution, whatever its kind. The only place that writes these tables."""

from parvis.contributions.actions.reacting import react, withdraw_reaction
from parvis.contributions.actions.recommending import recommend
from parvis.contributions.actions.removing import delete, put_out_of_sight, restore
from parvis.contributions.actions.writing import CHANGED_MEANWHILE, comment, edit, publish

__all__ = [
    "CHANGED_MEANWHILE",
    "comment",
    "delete",
    "edit",
    "publish",
    "put_out_of_sight",
    "react",
    "recommend",
    "restore",
    "withdraw_reaction",
]
