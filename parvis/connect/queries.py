"""What the pages of the directory show."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from parvis.communities.models import Community, GroupGate
from parvis.connect.models import Group, Import, Source
from parvis.people.models import Person


@dataclass(frozen=True)
class GroupLine:
    group: Group
    count: int
    is_linked: bool


def groups_for(person: Person, community: Community) -> list[GroupLine]:
    """The groups somebody who animates may let in, by name. Two queries."""
    found = Group.objects.select_related("source").annotate(count=Count("people", distinct=True))
    if not person.is_administrator:
        found = found.filter(pk__in=Group.objects.filter(people=person).values("pk"))
    linked = set(GroupGate.objects.filter(community=community).values_list("source", "group_key"))
    return [GroupLine(g, g.count, (g.source.name, g.key) in linked) for g in found.order_by("name", "pk")[:200]]


@dataclass(frozen=True)
class SourceLine:
    source: Source
    present: int
    left: int
    last: Import | None


def sources() -> list[SourceLine]:
    """Each source with who is there, who left, and its last import. Two queries."""
    last = Import.objects.filter(source=OuterRef("pk")).order_by("-started_at").values("pk")[:1]
    found = Source.objects.annotate(
        last_id=Subquery(last),
        present=Count("entries", filter=Q(entries__left_at__isnull=True)),
        left=Count("entries", filter=Q(entries__left_at__isnull=False)),
    ).order_by("name")
    rows = list(found)
    runs = Import.objects.in_bulk([s.last_id for s in rows if s.last_id] or [0])
    return [SourceLine(s, s.present, s.left, runs.get(s.last_id)) for s in rows]
