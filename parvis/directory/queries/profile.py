"""Somebody's page, as one reader may see it. Its parts stand in `_presence.html`, `_ties.html`, `_skills.html` and
`_chosen.html`; what each shows is read here, once, with the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from parvis.communities.models import HIDDEN, Community
from parvis.directory.queries.mine import chosen_of
from parvis.directory.queries.skills import skills_of
from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import Scope
from parvis.people import queries as people
from parvis.people.models import Onlooker, Person, Presence
from parvis.people.presence import own_presence
from parvis.people.rules import may_follow
from parvis.people.ties import NO_TIES, Stands, stands


@dataclass(frozen=True)
class ProfilePage:
    """Everything the page shows. `manager` is None when this reader may not see the manager; `communities` are those
    of the person that the reader may know of."""

    person: Person
    profile: people.Profile
    seen_by: Onlooker
    manager: Person | None
    communities: Sequence[Community]
    role: str
    local_hour: str
    presence: Presence | None
    skills: Sequence[Any]
    chosen: Sequence[Any]
    # How the reader stands towards the person; nobody else knows.
    ties: Stands = NO_TIES
    may_follow: bool = False
    # One's own page, as another would see it: `Onlooker` is then somebody else.
    is_preview: bool = False

    @property
    def is_self(self) -> bool:
        return self.seen_by.is_self


def profile_page(*, person_id: int, reader: Person) -> ProfilePage | None:
    """None for somebody this reader may not see."""
    scope = reader.scope()
    person = Person.objects.visible_to(scope).filter(pk=person_id).first()
    if person is None:
        return None
    return replace(
        _page(person, people.onlooker(person, reader), scope),
        skills=skills_of(person, reader=reader, scope=scope),
        ties=stands(reader, person),
        may_follow=may_follow(reader, person) and person.is_active,
    )


def profile_preview(*, person: Person, seen_by: Onlooker) -> ProfilePage:
    """One's own page as somebody of no community in particular would see it, or a guest: what is shown besides depends
    on what one shares with each."""
    open_ids = Audience.objects.filter(is_open=True).values_list("pk", flat=True)
    scope = Scope(None, frozenset() if seen_by.is_guest else frozenset(open_ids), seen_by.is_guest)
    skills = skills_of(person, reader=None, scope=scope)
    return replace(_page(person, seen_by, scope, is_preview=True), skills=skills)


def _page(person: Person, seen_by: Onlooker, scope: Scope, *, is_preview: bool = False) -> ProfilePage:
    seen = Person.objects.visible_to(scope)
    return ProfilePage(
        person=person,
        profile=people.profile_of(person, seen_by),
        seen_by=seen_by,
        manager=seen.filter(pk=person.manager_id or 0).first(),
        communities=_communities(person, scope),
        role=", ".join(part for part in (person.title, person.unit, person.site) if part),
        local_hour=people.local_hour(person),
        presence=_presence(person),
        skills=(),
        chosen=chosen_of(person, scope),
        is_preview=is_preview,
    )


def _communities(person: Person, scope: Scope) -> list[Community]:
    """By name. A hidden one only for those who are in it too: being invited does not say who else is there."""
    shared = Community.objects.readable_by(scope).values("pk")
    known = Community.objects.visible_to(scope).exclude(access__in=HIDDEN).values("pk")
    found = Community.objects.filter(
        Q(pk__in=shared) | Q(pk__in=known),
        Q(memberships__ends_at__isnull=True) | Q(memberships__ends_at__gt=timezone.now()),
        memberships__person=person,
        archived_at__isnull=True,
        opened_at__isnull=False,
    )
    return list(found.order_by("sort_key", "pk")[:200])


def _presence(person: Person) -> Presence | None:
    return own_presence(person.pk)
