"""What people do with their skills and with what shows them."""

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
    "merge_skills",
    "name_skill",
    "put_back_skill",
    "remove_skill",
    "show_no_longer_with",
    "show_with",
    "unmerge_skill",
]
