"""What people do with their skills, with what shows them, and with what they show of their contributions."""

from parvis.directory.actions.chosen import FiveAreShown, show, show_no_longer
from parvis.directory.actions.skills import (
    merge_skills,
    name_skill,
    put_back_skill,
    remove_skill,
    show_no_longer_with,
    show_with,
    unmerge_skill,
)

__all__ = [
    "FiveAreShown",
    "merge_skills",
    "name_skill",
    "put_back_skill",
    "remove_skill",
    "show",
    "show_no_longer",
    "show_no_longer_with",
    "show_with",
    "unmerge_skill",
]
