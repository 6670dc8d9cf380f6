"""The people and the communities that a few letters name: two statements, written rather than built, since they run at
each letter. tests/shell/test_found_as_listed.py holds them to `visible_to` and `named`."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from parvis.communities.models import Community
from parvis.kernel.audiences.scope import Scope, ids_parameter, one_of
from parvis.kernel.database.reading import is_postgresql, rows, time_parameter
from parvis.kernel.text import folded
from parvis.people.models import Person
from parvis.people.names import VOCABULARY, typed_words

_LAST = "\U0010ffff"
_PERSON = ("id", "name", "sort_key", "title", "site", "photo_id")
_COMMUNITY = ("id", "slug", "name", "sort_key", "purpose", "icon", "hue")
# Of a community's name, as `Community.named` reads it.
_MOST_WORDS = 5


def people_named(words: str, scope: Scope, *, most: int) -> list[Person]:
    """The first whom the reader may see and who are here: those whose name begins as it was typed, by name, then those
    who are named so in another way (`PersonQuerySet.named`), by name. One query; two more where nobody is."""
    typed = typed_words(words)
    if not typed:
        return []
    exact = [[word] for word in typed]
    found = _people(exact, " ".join(typed), scope, most)
    if found:
        return found
    near = VOCABULARY.near(typed)
    return _people(near, "", scope, most) if near != exact else []


def _people(beginnings: Sequence[Sequence[str]], begins: str, scope: Scope, most: int) -> list[Person]:
    """`beginnings`: of the words of the name, one of each list. `begins`: what is to come first. The second half of
    the statement is not run where the first fills the list."""
    columns = ", ".join(f"p.{name}" for name in _PERSON)
    here, of_reader = _here(scope)
    in_front, front_values = "p.sort_key >= %s AND p.sort_key < %s", [begins, f"{begins}{_LAST}"]
    # The longest leaves the fewest people; each of them is then asked for the others.
    first, *others = sorted(beginnings, key=lambda some: -min(map(len, some)))
    named, values = _begins(first)
    asked = "".join(
        f"AND EXISTS (SELECT 1 FROM people_nameword w WHERE w.person_id = p.id AND ({_begins(some)[0]})) "  # noqa: S608
        for some in others
    )
    more: list[Any] = [value for some in others for value in _begins(some)[1]]
    tail = "ORDER BY p.sort_key, p.id LIMIT %s"
    # CROSS JOIN: SQLite would go along all the names until it has found enough.
    by_words = (
        f"SELECT * FROM (SELECT {columns} FROM "  # noqa: S608
        f"(SELECT DISTINCT w.person_id FROM people_nameword w WHERE {named}) n CROSS JOIN people_person p "
        f"WHERE p.id = n.person_id AND {here} {asked}"
    )
    if not begins:
        found = rows(f"{by_words} {tail}) b", [*values, *of_reader, *more, most])
    else:
        found = rows(
            f"SELECT * FROM (SELECT {columns} FROM people_person p WHERE {in_front} AND {here} {tail}) a "  # noqa: S608
            f"UNION ALL {by_words} AND NOT ({in_front}) {tail}) b LIMIT %s",
            [*front_values, *of_reader, most, *values, *of_reader, *more, *front_values, most, most],
        )
    return [Person.from_db("default", list(_PERSON), row) for row in found]


def _here(scope: Scope) -> tuple[str, list[Any]]:
    """`Person.visible_to(scope).active()`, of `p`."""
    here = "p.activated_at IS NOT NULL AND p.suspended_at IS NULL"
    if not scope.is_guest:
        return here, []
    # Asked of each: those who share an audience with a guest may be half of the company.
    shared = (
        "EXISTS (SELECT 1 FROM audiences_audiencemember a WHERE a.person_id = p.id "  # noqa: S608
        f"AND a.audience_id {one_of()} AND (a.until IS NULL OR a.until > %s))"
    )
    now = time_parameter(timezone.now())
    values = [ids_parameter(scope.audience_ids), now, scope.person_id or 0]
    return f"{here} AND ({shared} OR p.id = %s)", values


def _begins(beginnings: Sequence[str]) -> tuple[str, list[str]]:
    """The range of the index of each, of `w`."""
    least, below = ("~>=~", "~<~") if is_postgresql() else (">=", "<")
    said = " OR ".join([f"(w.word {least} %s AND w.word {below} %s)"] * len(beginnings))
    return said, [value for beginning in beginnings for value in (beginning, f"{beginning}{_LAST}")]


def communities_named(words: str, scope: Scope, *, most: int) -> list[Community]:
    """The first, by name, of `Community.visible_to(scope).named(words)`. One query."""
    typed = folded(words).split()[:_MOST_WORDS]
    columns = ", ".join(f"c.{name}" for name in _COMMUNITY)
    where = "strpos" if is_postgresql() else "instr"
    starts = f"({where}(' ' || c.sort_key, %s) > 0 OR {where}(c.sort_key, %s) > 0 OR {where}(c.sort_key, %s) > 0) AND "
    values: list[Any] = [f"{before}{word}" for word in typed for before in " '-"]
    reader = scope.person_id or 0
    visible = (
        f"c.audience_id {one_of()} OR c.id IN (SELECT i.community_id FROM communities_invitation i "  # noqa: S608
        "WHERE i.person_id = %s AND i.accepted_at IS NULL AND i.declined_at IS NULL "
        "AND (i.ends_at IS NULL OR i.ends_at > %s))"
    )
    values += [ids_parameter(scope.audience_ids), reader, time_parameter(timezone.now())]
    if not scope.is_guest:
        visible += (
            " OR (c.access NOT IN ('private', 'secret') AND c.opened_at IS NOT NULL) OR c.id IN ("
            "SELECT g.community_id FROM communities_groupright r JOIN communities_groupgate g ON g.id = r.gate_id "
            "WHERE r.person_id = %s AND NOT EXISTS (SELECT 1 FROM communities_removal o "
            "WHERE o.community_id = g.community_id AND o.person_id = %s))"
        )
        values += [reader, reader]
    found = rows(
        f"SELECT {columns} FROM communities_community c WHERE {starts * len(typed)}({visible}) "  # noqa: S608
        "ORDER BY c.sort_key, c.id LIMIT %s",
        [*values, most],
    )
    return [Community.from_db("default", list(_COMMUNITY), row) for row in found]
