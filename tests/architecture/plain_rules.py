"""The rules of who sees what, as plainly as they can be said: sets of numbers, no database, no query.

docs/glossary.md says the same in words. `test_nobody_sees_more.py` plays random acts in the product and here, and
compares what each person meets on the pages with what these rules would show.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

HIDDEN = {"private", "secret"}


@dataclass
class Place:
    access: str
    members: set[int]
    animators: set[int]
    invited: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    is_archived: bool = False
    is_open_for_business: bool = True
    merged_into: int | None = None


@dataclass
class Thread:
    place: int
    authors: list[int]
    is_deleted: bool = False


@dataclass
class Network:
    everybody: set[int]
    guests: set[int]
    suspended: set[int] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    # --- Who sees -----------------------------------------------------------------------------------------------

    def is_open_to_all(self, place: int) -> bool:
        return self.places[place].access == "open" and self.places[place].is_open_for_business

    def reads(self, person: int, place: int) -> bool:
        return person in self.places[place].members or (self.is_open_to_all(place) and person not in self.guests)

    def readers(self, place: int) -> set[int]:
        return {person for person in self.everybody if self.reads(person, place)}

    def knows_of(self, person: int, place: int) -> bool:
        """Its name may be met: one reads it, is invited, was told that one is out, or finds it."""
        here = self.places[place]
        if self.reads(person, place) or person in here.invited or person in here.removed:
            return True
        return person not in self.guests and here.access not in HIDDEN and here.is_open_for_business

    def meets(self, person: int, other: int) -> bool:
        """Their name may be met: among colleagues everybody's; by a guest, of those of his places and who wrote
        there, or asked him in."""
        if person == other or person not in self.guests:
            return True
        shared = any(person in place.members and other in place.members for place in self.places)
        spoke = any(other in t.authors for t in self.threads if self.reads(person, t.place))
        return shared or spoke or any(person in place.invited and other in place.animators for place in self.places)

    def threads_of(self, person: int) -> Iterator[int]:
        for number, thread in enumerate(self.threads):
            if not thread.is_deleted and self.reads(person, thread.place):
                yield number

    # --- Who may ------------------------------------------------------------------------------------------------

    def is_writing_open(self, place: int) -> bool:
        return not self.places[place].is_archived

    def may_join(self, person: int, place: int) -> bool:
        here = self.places[place]
        if person in here.members or here.is_archived:
            return False
        if person in here.invited:
            return True
        return self.is_open_to_all(place) and person not in self.guests | here.removed

    def may_publish(self, person: int, place: int) -> bool:
        return person in self.places[place].members and self.is_writing_open(place)

    def may_comment(self, person: int, thread: int) -> bool:
        there = self.threads[thread]
        return not there.is_deleted and self.reads(person, there.place) and self.is_writing_open(there.place)

    def may_recommend(self, person: int, thread: int, place: int) -> bool:
        """What one reads, elsewhere, where one publishes; never what is said in a secret place."""
        there = self.threads[thread]
        is_said = not there.is_deleted and self.places[there.place].access != "secret" and there.place != place
        return is_said and self.reads(person, there.place) and self.may_publish(person, place)

    def may_invite(self, person: int, other: int, place: int) -> bool:
        here = self.places[place]
        if here.is_archived or person not in here.members or person in self.guests or other in here.members:
            return False
        return person in here.animators or (here.access == "open" and other not in self.guests | here.removed)
