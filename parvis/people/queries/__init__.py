"""What the pages about people show, each with a fixed number of queries."""

from parvis.people.queries.people import (
    Directory,
    SessionLine,
    directory,
    local_hour,
    person_at_the_door,
    photo_of,
    sessions_of,
    usable_passes,
    without_password,
)
from parvis.people.queries.profile import (
    FieldLine,
    OwnProfile,
    Profile,
    Said,
    company_fields,
    field_lines,
    onlooker,
    options_by_field,
    own_profile,
    profile_of,
)

__all__ = [
    "Directory",
    "FieldLine",
    "OwnProfile",
    "Profile",
    "Said",
    "SessionLine",
    "company_fields",
    "directory",
    "field_lines",
    "local_hour",
    "onlooker",
    "options_by_field",
    "own_profile",
    "person_at_the_door",
    "photo_of",
    "profile_of",
    "sessions_of",
    "usable_passes",
    "without_password",
]
