"""How many people hold each value of each facet, as one statement."""

from collections import defaultdict
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from parvis.directory.queries.sought import Asked, Facet

COLUMNS: tuple[Facet, ...] = ("site", "unit", "title")
COUNTED: tuple[Facet, ...] = (*COLUMNS, "skill", "language")
# Facet to value to how many people.
Counts = dict[str, dict[str, int]]
_HERE = "p.activated_at IS NOT NULL AND p.suspended_at IS NULL"


def counts(asked: Asked) -> tuple[Counts, int]:
    """How many hold each value of each facet, the choices in the other facets applied; and how many answer to all.
    One query."""
    statement, values = counting(asked)
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for sign, value, count in cursor.fetchall():
            found[sign.lstrip("-")][str(value)] += -count if sign.startswith("-") else count
    total = found.pop("total", {}).get("", 0)
    return {facet: {v: n for v, n in found[facet].items() if n} for facet in COUNTED}, total


def counting(asked: Asked) -> tuple[str, list[Any]]:
    """The statement and its values, written rather than built: Django took 30 ms to build what runs in three. Whom a
    guest may see, and whom typed words find, is looked up once, and so are those who answer to every choice."""
    values: list[Any] = []
    with_parts: list[str] = []
    if asked.is_of_a_guest or asked.by_words is not None:
        try:
            seen, seen_values = _sql(asked.before_choices().values_list("pk", *COLUMNS))
        except EmptyResultSet:
            seen, seen_values = "SELECT p.id, p.site, p.unit, p.title FROM people_person p WHERE 1 = 0", []
        with_parts.append(f"seen(id, site, unit, title) AS MATERIALIZED ({seen})")
        values += seen_values
        everybody = "FROM seen p WHERE 1 = 1"
    else:
        everybody = f"FROM people_person p WHERE {_HERE}"
    chosen = {facet: _holding(facet, condition) for facet, condition in asked.conditions.items()}
    if chosen:
        narrowed = " AND ".join(sql for sql, _values in chosen.values())
        with_parts.append(f"meant AS MATERIALIZED (SELECT p.id, p.site, p.unit, p.title {everybody} AND {narrowed})")
        values += [value for _sql_said, said in chosen.values() for value in said]
    parts: list[str] = []

    def people(leaving: Facet | None) -> str:
        """Those who answer to the other choices, as what stands after SELECT; their values go along."""
        if not chosen:
            return everybody
        if leaving not in chosen:
            return "FROM meant p WHERE 1 = 1"
        rest = [one for facet, one in chosen.items() if facet != leaving]
        values.extend(value for _sql_said, said in rest for value in said)
        return "".join([everybody, *(f" AND {sql}" for sql, _values in rest)])

    parts.append(f"SELECT 'total', '', count(*) {people(None)}")
    for facet in COLUMNS:
        parts.append(f"SELECT '{facet}', p.{facet}, count(*) {people(facet)} AND p.{facet} <> '' GROUP BY p.{facet}")
    text = "CAST({} AS text)" if connection.vendor == "postgresql" else "{}"
    for facet, table, column in (
        ("skill", "people_hasskill", "skill_id"),
        ("language", "people_spokenlanguage", "code"),
    ):
        value = text.format(column)
        of_merges = sorted(_of_merges(asked)) if facet == "skill" else []
        no_merges = f" AND skill_id NOT IN ({', '.join(map(str, of_merges))})" if of_merges else ""
        if asked.is_everybody(leaving=facet) and not asked.is_of_a_guest:
            # All rows by their index, less those of the few who are not here: a third of the time.
            gone = "person_id IN (SELECT id FROM people_person WHERE activated_at IS NULL OR suspended_at IS NOT NULL)"
            for sign, whose in (("", "1 = 1"), ("-", gone)):
                parts.append(
                    f"SELECT '{sign}{facet}', {value}, count(*) FROM {table} "  # noqa: S608
                    f"WHERE {whose}{no_merges} GROUP BY {column}"
                )
        else:
            parts.append(
                f"SELECT '{facet}', {value}, count(*) FROM {table} "  # noqa: S608
                f"WHERE person_id IN (SELECT p.id {people(facet)}){no_merges} GROUP BY {column}"
            )
    if asked.merged:
        whens = " ".join(f"WHEN {skill} THEN {now}" for skill, now in sorted(asked.merged.items()))
        parts.append(
            f"SELECT 'skill', {text.format('m.read_as')}, count(DISTINCT m.person_id) FROM ("  # noqa: S608
            f"SELECT person_id, CASE skill_id {whens} ELSE skill_id END AS read_as FROM people_hasskill "
            f"WHERE skill_id IN ({', '.join(map(str, sorted(_of_merges(asked))))}) "
            f"AND person_id IN (SELECT p.id {people('skill')})) m GROUP BY m.read_as"
        )
    with_all = f"WITH {', '.join(with_parts)} " if with_parts else ""
    return with_all + " UNION ALL ".join(parts), values


def _holding(facet: Facet, condition: Q) -> tuple[str, list[Any]]:
    """A choice of one facet, of people called `p`."""
    [(_name, chosen)] = cast("list[tuple[str, Any]]", condition.children)
    if facet in COLUMNS:
        return f"p.{facet} IN ({', '.join(['%s'] * len(chosen))})", list(chosen)
    try:
        statement, values = _sql(chosen)
    except EmptyResultSet:
        return "1 = 0", []
    return f"p.id IN ({statement})", values


def _sql(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    statement, values = rows.order_by().query.sql_with_params()
    return statement, list(values)


def _of_merges(asked: Asked) -> set[int]:
    return {*asked.merged, *asked.merged.values()}
