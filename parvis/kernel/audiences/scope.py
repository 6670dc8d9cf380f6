"""The only door to rows: the audiences one reader has, resolved once a request."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func, Value
from django.utils import timezone

from parvis.kernel.database.reading import is_postgresql, rows, time_parameter


@dataclass(frozen=True)
class Scope:
    """What one reader may see. `person_id` is None for nobody in particular (an empty scope)."""

    person_id: int | None
    audience_ids: frozenset[int]
    is_guest: bool = False

    def covers(self, audience_id: int) -> bool:
        return audience_id in self.audience_ids

    def only(self, audience_ids: "set[int] | frozenset[int]") -> "Scope":
        """The part of this scope that lies in these audiences: a community's wall, a personal feed."""
        return Scope(self.person_id, self.audience_ids & frozenset(audience_ids), self.is_guest)


NOTHING = Scope(None, frozenset())


def ids_parameter(ids: Iterable[int]) -> str:
    """Ids as one SQL parameter for `one_of`: JSON on SQLite, an array on PostgreSQL, both as text (psycopg looks at
    each number of a list, two calls a number). Never a list of literals."""
    said = str(sorted(ids))[1:-1]
    return f"{{{said}}}" if is_postgresql() else f"[{said}]"


def one_of() -> str:
    """The comparison of a column with an `ids_parameter`."""
    return "= ANY(%s::bigint[])" if is_postgresql() else "IN (SELECT value FROM json_each(%s))"


def audiences_column(person_id: str, is_guest: str, now: str) -> str:
    """SQL of one column: the audiences a person belongs to and, unless a guest, those open to the company, as a text
    for `scope_said` (two hundred rows would cost more than one). Takes the SQL of its three values, in this order:
    person, now, guest."""
    joined = "string_agg(CAST(id AS text), ',')" if is_postgresql() else "group_concat(id)"
    return (
        f"(SELECT {joined} FROM (SELECT audience_id AS id FROM audiences_audiencemember "  # noqa: S608
        f"WHERE person_id = {person_id} AND (until IS NULL OR until > {now}) UNION ALL "
        f"SELECT id FROM audiences_audience WHERE is_open AND NOT {is_guest}) a)"
    )


def scope_said(person_id: int, is_guest: bool, audiences: str | None) -> Scope:
    """The scope that an `audiences_column` says."""
    return Scope(person_id, frozenset(json.loads(f"[{audiences or ''}]")), is_guest)  # twice as fast as `split`


def scope_of(*, person_id: int, is_guest: bool) -> Scope:
    """One query."""
    now = time_parameter(timezone.now())
    [(audiences,)] = rows(f"SELECT {audiences_column('%s', '%s', '%s')}", [person_id, now, is_guest])
    return scope_said(person_id, is_guest, audiences)


class InScope(Func):
    """`queryset.filter(InScope("audience_id", scope))`: the rows whose audience the scope covers."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, field: str, scope: Scope) -> None:
        self.scope = scope
        super().__init__(F(field), Value(None))

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        resolved = super().resolve_expression(*args, **kwargs)
        resolved.scope = self.scope
        return resolved

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.get_source_expressions()[0])
        return f"{column} {one_of()}", [*params, ids_parameter(self.scope.audience_ids)]
