"""People: who they are, what they say of themselves, and how they stand towards each other."""

from parvis.people.models.names import NameWord
from parvis.people.models.person import Person, PersonManager, PersonQuerySet
from parvis.people.models.profile import (
    BUILTINS,
    FieldOption,
    FieldReaders,
    FieldValue,
    Onlooker,
    ProfileField,
    Readers,
    SpokenLanguage,
    SuggestionPutAway,
)
from parvis.people.models.skills import Confirmation, HasSkill, HeldStem, Skill, SkillListMark, SkillName
from parvis.people.models.ties import Block, Mute, PersonFollow, Presence
from parvis.people.models.ways_in import CharterAcceptance, EntryPass, FailedEntry

__all__ = [
    "BUILTINS",
    "Block",
    "CharterAcceptance",
    "Confirmation",
    "EntryPass",
    "FailedEntry",
    "FieldOption",
    "FieldReaders",
    "FieldValue",
    "HasSkill",
    "HeldStem",
    "Mute",
    "NameWord",
    "Onlooker",
    "Person",
    "PersonFollow",
    "PersonManager",
    "PersonQuerySet",
    "Presence",
    "ProfileField",
    "Readers",
    "Skill",
    "SkillListMark",
    "SkillName",
    "SpokenLanguage",
    "SuggestionPutAway",
]
