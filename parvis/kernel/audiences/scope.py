"""The only door to rows: the audiences one reader has, resolved once a request."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Value

from parvis.kernel.audiences.models import Audience


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

    @cached_property
    def as_parameter(self) -> Any:
        """The ids as one SQL parameter: JSON text on SQLite, a list on PostgreSQL. Never a list of literals."""
        ids = sorted(self.audience_ids)
        return ids if connection.vendor == "postgresql" else json.dumps(ids)


NOTHING = Scope(None, frozenset())


def scope_of(*, person_id: int, is_guest: bool) -> Scope:
    """One query: the audiences a person belongs to and, unless a guest, those open to the company."""
    from parvis.kernel.audiences.models import AudienceMember

    own = AudienceMember.objects.filter(person_id=person_id).values_list("audience_id", flat=True)
    if is_guest:
        ids = frozenset(own)
    else:
        ids = frozenset(own.union(Audience.objects.filter(is_open=True).values_list("id", flat=True)))
    return Scope(person_id, ids, is_guest)


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
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::bigint[])", [*params, sorted(self.scope.audience_ids)]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(sorted(self.scope.audience_ids))]
