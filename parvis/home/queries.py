"""What the home of somebody shows."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from parvis.communities.models import Community, Membership
from parvis.communities.queries import feed_audience_ids
from parvis.contributions.models import Contribution, Reaction
from parvis.contributions.queries import Line, cards
from parvis.kernel.audiences.scope import Scope
from parvis.people.models import Person

NEW_FOR = timedelta(days=30)
ACTS = 3
NEAR = 6


def feed_scope(person: Person) -> Scope:
    """What one belongs to and follows, within what one may read. One query."""
    return person.scope().only(feed_audience_ids(person))


def is_new_here(person: Person) -> bool:
    """Until three acts, thirty days, or « je connais ». Computed when shown, never stored. At most two queries."""
    if person.is_guest or person.knows_the_place_at or person.activated_at is None:
        return False
    if timezone.now() - person.activated_at > NEW_FOR:
        return False
    acts = Contribution.objects.filter(author=person).exclude(origin=Contribution.Origin.IMPORT)[:ACTS].count()
    return acts + Reaction.objects.filter(person=person)[: ACTS - acts].count() < ACTS if acts < ACTS else False


@dataclass(frozen=True)
class ToLookAt:
    community: Community
    host: Person | None


@dataclass(frozen=True)
class Welcome:
    """A newcomer's home: a host, three communities to look at, what near colleagues wrote lately."""

    host: Person | None
    host_community: Community | None
    communities: list[ToLookAt]
    recent: list[Line]


def welcome(person: Person) -> Welcome:
    """Communities of the same site or trade first, those that live first; never by size. Seven queries and cards."""
    scope = person.scope()
    readable = Community.objects.readable_by(scope).exclude(memberships__person=person)
    near = Q(memberships__person__site=person.site) if person.site else Q(pk__in=[])
    found = list(readable.filter(near).distinct().order_by("-last_exchange_at", "pk")[:3])
    if len(found) < 3:
        others = readable.exclude(pk__in=[c.pk for c in found]).order_by("-last_exchange_at", "pk")
        found += list(others[: 3 - len(found)])
    hosts: dict[int, Person] = {}
    animators = Membership.objects.filter(community__in=found, role=Membership.Role.ANIMATOR)
    for membership in animators.select_related("person").order_by("-joined_at", "pk"):
        if membership.person.is_active:
            hosts[membership.community_id] = membership.person
    looked_at = [ToLookAt(c, hosts.get(c.pk)) for c in found]
    first = next((entry for entry in looked_at if entry.host), None)
    return Welcome(
        host=first.host if first else None,
        host_community=first.community if first else None,
        communities=looked_at,
        recent=_near_contributions(person, scope),
    )


def _near_contributions(person: Person, scope: Scope) -> list[Line]:
    near = Q(pk__in=[])
    if person.site:
        near |= Q(author__site=person.site)
    if person.unit:
        near |= Q(author__unit=person.unit)
    recent = Contribution.objects.visible_to(scope).publications().filter(published_at__gt=timezone.now() - NEW_FOR)
    ids = list(recent.filter(near).exclude(author=person).newest_first().values_list("pk", flat=True)[:NEAR])
    if not ids:
        ids = list(recent.exclude(author=person).newest_first().values_list("pk", flat=True)[:NEAR])
    return cards(ids, scope)
