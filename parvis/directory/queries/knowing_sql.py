"""Who says a word, and which of them may be asked: two statements, written rather than built (Django took 25 ms to
build what runs in five). tests/directory/test_who_knows.py and test_plans.py hold them to `Person.visible_to` and to
their indexes."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from parvis.kernel.audiences.scope import Scope, ids_parameter, one_of
from parvis.kernel.database.reading import is_postgresql, rows, time_parameter, time_read
from parvis.people.models import Person, Presence

_STAYS = "(ends_at IS NULL OR ends_at > %s)"


def _texts() -> str:
    """The comparison of a column with texts as JSON."""
    if is_postgresql():
        return "= ANY(ARRAY(SELECT jsonb_array_elements_text(%s::jsonb)))"
    return "IN (SELECT value FROM json_each(%s))"


def _joined(column: str) -> str:
    return f"string_agg(CAST({column} AS text), ',')" if is_postgresql() else f"group_concat({column})"


def who_says(
    *,
    skills: Collection[int],
    stems: Collection[str],
    titles: Collection[str],
    animated: Collection[int],
    joined: Collection[int],
) -> tuple[set[int], set[int]]:
    """The ids of those who say a word in one way or another, each way by its own index; and of the members of the
    communities it names. Each as one text: a skill may be half of the company's."""
    now = time_parameter(timezone.now())
    found = rows(
        f"SELECT 1, {_joined('w.person_id')} FROM ("  # noqa: S608
        f"SELECT person_id FROM people_hasskill WHERE skill_id {one_of()} UNION ALL "
        "SELECT h.person_id FROM people_heldstem s JOIN people_hasskill h ON h.id = s.held_id "
        f"WHERE s.stem {_texts()} UNION ALL "
        "SELECT id FROM people_person WHERE activated_at IS NOT NULL AND suspended_at IS NULL "
        f"AND title {_texts()} UNION ALL "
        f"SELECT person_id FROM communities_membership WHERE community_id {one_of()} AND role = 'animator' "
        f"AND {_STAYS}) w UNION ALL SELECT 2, {_joined('person_id')} FROM communities_membership "
        f"WHERE community_id {one_of()} AND {_STAYS}",
        [
            ids_parameter(skills),
            _as_json(stems),
            _as_json(titles),
            ids_parameter(animated),
            now,
            ids_parameter(joined),
            now,
        ],
    )
    said = {which: set(json.loads(f"[{ids or ''}]")) for which, ids in found}
    return said[1], said[2]


def _as_json(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def titles_here() -> tuple[str, ...]:
    """The functions of those who are here."""
    found = rows(
        "SELECT DISTINCT title FROM people_person WHERE activated_at IS NOT NULL AND suspended_at IS NULL "
        "AND title <> ''",
        [],
    )
    return tuple(sorted(title for (title,) in found))


def declared_states() -> dict[str, list[int]]:
    """Who says what of the moment: state to ids."""
    now = time_parameter(timezone.now())
    found = rows(
        f"SELECT state, {_joined('person_id')} FROM people_presence "  # noqa: S608
        "WHERE until IS NULL OR until > %s GROUP BY state",
        [now],
    )
    return {state: json.loads(f"[{ids}]") for state, ids in found}


_PERSON = (
    "id", "name", "sort_key", "given_name", "title", "unit", "site", "phone", "photo_id", "is_guest", "is_demo",
    "pronounced",
)  # fmt: skip


def to_be_asked(
    ids: Sequence[int], scope: Scope, *, most: int, heeds_blocks: bool
) -> list[tuple[Person, Presence | None]]:
    """The first of these whom the reader sees and who are here, but for those who would rather not be proposed and
    those who keep the reader away, or whom the reader does; each with what they say of the moment. What is not read
    here of a person is read when it is asked for."""
    columns = ", ".join(f"p.{name}" for name in _PERSON)
    given = (
        "unnest(%s::bigint[]) WITH ORDINALITY AS i(value, place)"
        if is_postgresql()
        else "(SELECT value, key AS place FROM json_each(%s)) i"
    )
    now = time_parameter(timezone.now())
    # Who sees as a guest reads in nobody's name, and nobody keeps nobody away.
    reader = scope.person_id or 0
    values: list[object] = [_in_order(ids), now, reader]
    seen = ""
    if heeds_blocks:
        seen = (
            "AND NOT EXISTS (SELECT 1 FROM people_block b WHERE b.person_id = p.id AND b.blocked_id = %s) "
            "AND NOT EXISTS (SELECT 1 FROM people_block b WHERE b.person_id = %s AND b.blocked_id = p.id) "
        )
        values += [reader, reader]
    if scope.is_guest:
        seen += (
            "AND EXISTS (SELECT 1 FROM audiences_audiencemember a WHERE a.person_id = p.id "  # noqa: S608
            f"AND a.audience_id {one_of()} AND (a.until IS NULL OR a.until > %s)) "
        )
        values += [ids_parameter(scope.audience_ids), now]
    found = rows(
        f"SELECT {columns}, m.state, m.word, CAST(m.until AS TEXT), CAST(m.declared_at AS TEXT) "  # noqa: S608
        f"FROM {given} JOIN people_person p ON p.id = i.value "
        "LEFT JOIN people_presence m ON m.person_id = p.id AND (m.until IS NULL OR m.until > %s) "
        "WHERE p.activated_at IS NOT NULL AND p.suspended_at IS NULL AND p.is_sought AND p.id <> %s "
        f"{seen}"
        "ORDER BY i.place LIMIT %s",
        [*values, most],
    )
    people = []
    for row in found:
        person = Person.from_db("default", list(_PERSON), row[: len(_PERSON)])
        state, word, until, declared_at = row[len(_PERSON) :]
        presence = (
            Presence(
                person=person,
                state=state,
                word=word,
                until=_time(until),
                declared_at=time_read(declared_at),
            )
            if state
            else None
        )
        people.append((person, presence))
    return people


def _time(said: str | None) -> datetime | None:
    return time_read(said) if said else None


def _in_order(ids: Sequence[int]) -> str:
    """As `ids_parameter`, which sorts."""
    said = ", ".join(map(str, ids))
    return f"{{{said}}}" if is_postgresql() else f"[{said}]"
