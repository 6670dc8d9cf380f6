"""The places of one person: what they joined and what they follow. Every page shows them, so they are read with the
session and kept on the person (one object a request); named tuples are made five times faster than dataclasses."""

import json
from operator import attrgetter
from typing import NamedTuple

from parvis.kernel.database.reading import is_postgresql, rows
from parvis.people.models import Person


class Place(NamedTuple):
    """A community in a list: what a tile, a name and a link need."""

    pk: int
    audience_id: int
    slug: str
    name: str
    icon: str
    hue: int

    @property
    def url(self) -> str:
        return f"/communautes/{self.slug}/"


class Mine(NamedTuple):
    """One of somebody's places. `role` is empty for what is only followed."""

    pk: int
    audience_id: int
    slug: str
    name: str
    icon: str
    hue: int
    role: str
    is_pinned: bool
    sort_key: str

    @property
    def place(self) -> Place:
        """Made for those that are shown, which are few of the hundreds that somebody may have."""
        return Place(*self[:6])


_COLUMNS = "c.id, c.audience_id, c.slug, c.name, c.icon, c.hue"
_NAMES = "id, audience_id, slug, name, icon, hue, role, is_pinned, sort_key"


def places_column(person_id: str) -> str:
    """SQL of one column: the places of a person as JSON, read with their session. Takes the SQL of its value."""
    joined = f"json_agg(json_build_array({_NAMES}))" if is_postgresql() else f"json_group_array(json_array({_NAMES}))"
    return (
        f"(SELECT COALESCE(CAST({joined} AS text), '[]') FROM ("  # noqa: S608
        f"SELECT {_COLUMNS}, m.role, m.is_pinned AND c.archived_at IS NULL AS is_pinned, c.sort_key "
        f"FROM communities_membership m "
        f"JOIN communities_community c ON c.id = m.community_id WHERE m.person_id = {person_id} UNION ALL "
        f"SELECT {_COLUMNS}, '', FALSE, c.sort_key FROM communities_follow f "
        f"JOIN communities_community c ON c.id = f.community_id WHERE f.person_id = {person_id}) mine)"
    )


def places_of(person: Person) -> list[Mine]:
    """By name. Read with the session, else one query; remembered on the person. `Person.forget_scope` forgets them."""
    found: list[Mine] | None = getattr(person, "_places", None)
    if found is None:
        said = getattr(person, "_places_said", None)
        if said is None:
            [(said,)] = rows(f"SELECT {places_column('%s')}", [person.pk, person.pk])
        found = sorted(map(Mine._make, json.loads(said)), key=attrgetter("sort_key", "pk"))
        if person.is_guest:
            # To the second, as the scope is: the row of a stay that ended is taken away a moment later.
            covered = person.scope().audience_ids
            found = [mine for mine in found if mine.audience_id in covered]
        person._places = found  # type: ignore[attr-defined]
    return found
