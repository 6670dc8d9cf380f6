"""People: who they are, what they say of themselves, and how they stand towards each other."""

from parvis.people.models.names import NameWord
from parvis.people.models.person import Person, PersonManager, PersonQuerySet
from parvis.people.models.profile import FieldOption, FieldReaders, FieldValue, ProfileField, Readers, SpokenLanguage
from parvis.people.models.skills import Confirmation, HasSkill, Skill, SkillName
from parvis.people.models.ties import Block, Mute, PersonFollow, Presence
from parvis.people.models.ways_in import CharterAcceptance, EntryPass, FailedEntry

__all__ = [
    "Block",
    "CharterAcceptance",
    "Confirmation",
    "EntryPass",
    "FailedEntry",
    "FieldOption",
    "FieldReaders",
    "FieldValue",
    "HasSkill",
    "Mute",
    "NameWord",
    "Person",
    "PersonFollow",
    "PersonManager",
    "PersonQuerySet",
    "Presence",
    "ProfileField",
    "Readers",
    "Skill",
    "SkillName",
    "SpokenLanguage",
]
