"""What the composer proposes as one types « @ » or « # »: only what the reader may see."""

from typing import Any

from django.db.models import Exists, OuterRef

from parvis.contributions.models import Topic, TopicUse
from parvis.kernel.audiences.models import Audience, AudienceMember
from parvis.kernel.audiences.scope import InScope, Scope
from parvis.kernel.text import folded
from parvis.people.models import Person
from parvis.people.ties import out_of_reach_of

LIMIT = 8


def people(words: str, *, reader: Person, audience_id: int | None) -> list[dict[str, Any]]:
    """At most eight active people by name or identifier; `reads` says whether this audience is theirs."""
    scope = reader.scope()
    asked = folded(words)[:60]
    visible = Person.objects.visible_to(scope).active().exclude(out_of_reach_of(reader))
    rows = list(visible.named(asked).order_by("sort_key", "pk")[: LIMIT * 3])
    if asked:
        known = {person.pk for person in rows}
        called = visible.filter(identifier__begins=asked).order_by("sort_key", "pk")[:LIMIT]
        rows += [person for person in called if person.pk not in known]
        rows.sort(key=lambda person: (person.sort_key, person.pk))
    readers = _readers({person.pk for person in rows}, scope, audience_id)
    rows.sort(key=lambda person: person.pk not in readers)
    return [
        {
            "handle": person.identifier,
            "name": person.name,
            "title": person.title,
            "initials": person.initials,
            "hue": person.hue,
            "reads": person.pk in readers,
        }
        for person in rows[:LIMIT]
    ]


def _readers(ids: set[int], scope: Scope, audience_id: int | None) -> set[int]:
    if audience_id is None or not scope.covers(audience_id):
        return ids
    audience = Audience.objects.get(pk=audience_id)
    members = (
        AudienceMember.objects.current()
        .filter(audience=audience, person_id__in=ids or {0})
        .values_list("person_id", flat=True)
    )
    if not audience.is_open:
        return set(members)
    guests = Person.objects.filter(pk__in=ids or {0}, is_guest=True).values_list("pk", flat=True)
    return (ids - set(guests)) | set(members)


def topics(words: str, *, scope: Scope) -> list[str]:
    """At most eight words that visible contributions use."""
    asked = folded(words)[:60]
    if not asked:
        return []
    # Asked of one topic after the other, until eight are found: never which of all uses are visible.
    used = TopicUse.objects.filter(
        InScope("contribution__audience_id", scope), topic=OuterRef("pk"), contribution__deleted_at__isnull=True
    )
    found = Topic.objects.filter(Exists(used), key__startswith=asked).order_by("key")
    return list(found.values_list("name", flat=True)[:LIMIT])
