"""How one person stands towards one community: the facts, read at once, and what they allow."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from parvis.communities.models import (
    AmbassadorOffer,
    Community,
    EntryRequest,
    Follow,
    GroupRight,
    Invitation,
    Membership,
    Removal,
)
from parvis.people.models import Person

# Somebody whose request was declined may ask again after this long.
ASK_AGAIN_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    access: str
    way_in: str
    opened_at: datetime | None
    archived_at: datetime | None
    is_guest: bool
    is_active: bool
    may_read: bool
    role: str | None
    is_pinned: bool
    is_following: bool
    is_invited: bool
    has_group_right: bool
    is_removed: bool
    # Those who animate asked this member to welcome with them, and wait for an answer.
    is_asked_to_welcome: bool
    asked_at: datetime | None
    declined_at: datetime | None
    has_animator: bool
    # Somebody of the company is there: an animator, or a member who may take it up.
    has_colleague: bool

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def is_animator(self) -> bool:
        return self.role == Membership.Role.ANIMATOR

    @property
    def is_ambassador(self) -> bool:
        return self.role == Membership.Role.AMBASSADOR

    @property
    def is_in_preparation(self) -> bool:
        return self.opened_at is None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def may_join(self) -> bool:
        """By an open door, an invitation, or the right of a directory group; never while removed."""
        if self.is_member or not self.is_active or self.is_archived:
            return False
        if self.is_invited:
            return True
        if self.is_guest or self.is_removed or self.is_in_preparation:
            return False
        return self.way_in == Community.WayIn.FREE or self.has_group_right

    @property
    def may_ask(self) -> bool:
        if self.is_member or self.is_guest or self.is_removed or not self.is_active or self.asked_at or self.may_join:
            return False
        if not self.has_colleague or self.is_archived or self.is_in_preparation:
            return False
        was_declined = self.declined_at is not None and self.declined_at > timezone.now() - ASK_AGAIN_AFTER
        return self.way_in == Community.WayIn.ON_REQUEST and not was_declined

    @property
    def may_follow(self) -> bool:
        return self.may_read and not self.is_member and not self.is_following and not self.is_archived

    @property
    def may_publish(self) -> bool:
        return self.is_member and self.is_active and not self.is_archived

    @property
    def may_animate(self) -> bool:
        return self.is_animator and self.is_active

    @property
    def may_take_up(self) -> bool:
        """Nobody animates any more (left the company): a member may."""
        return self.is_member and not self.is_guest and self.is_active and not self.has_animator

    @property
    def may_invite(self) -> bool:
        """Animators; where one comes in freely, every member who is not a guest."""
        if self.is_guest or not self.is_member or not self.is_active or self.is_archived:
            return False
        return self.is_animator or (self.way_in == Community.WayIn.FREE and not self.is_in_preparation)


def standing_of(person: Person, community: Community) -> Standing:
    """One query (and the person's scope, read once a request)."""
    here = {"community": OuterRef("pk"), "person": person.pk}
    member = Membership.objects.current().filter(**here)
    requests = EntryRequest.objects.filter(**here)
    declined = requests.filter(is_accepted=False).order_by("-decided_at")
    facts: dict[str, Any] = dict(
        Community.objects.filter(pk=community.pk)
        .values("access", "way_in", "opened_at", "archived_at")
        .annotate(
            role=_first(member, "role"),
            is_pinned=_first(member, "is_pinned"),
            is_following=Exists(Follow.objects.filter(**here)),
            is_invited=Exists(Invitation.objects.pending().filter(**here)),
            has_group_right=Exists(GroupRight.objects.filter(gate__community=OuterRef("pk"), person=person.pk)),
            is_removed=Exists(Removal.objects.filter(**here)),
            is_asked_to_welcome=Exists(AmbassadorOffer.objects.filter(**here, put_away_at__isnull=True)),
            asked_at=_first(requests.filter(decided_at__isnull=True), "asked_at"),
            declined_at=_first(declined, "decided_at"),
            has_animator=Exists(animators().filter(community=OuterRef("pk"))),
            has_colleague=Exists(colleagues().filter(community=OuterRef("pk"))),
        )
        .get()
    )
    return Standing(
        is_guest=person.is_guest,
        is_active=person.is_active,
        may_read=person.scope().covers(community.audience_id),
        **{**facts, "is_pinned": bool(facts["is_pinned"])},
    )


def animators() -> QuerySet[Membership]:
    """The memberships of those who animate and are still here."""
    return Membership.objects.filter(role=Membership.Role.ANIMATOR, person__suspended_at__isnull=True)


def by_rank() -> Case:
    """To order memberships by: those who animate, then those in embassy, then all others. Texts, for a cursor."""
    return Case(
        When(role=Membership.Role.ANIMATOR, then=Value("0")),
        When(role=Membership.Role.AMBASSADOR, then=Value("1")),
        default=Value("2"),
        output_field=CharField(),
    )


def hosts() -> QuerySet[Membership]:
    """The memberships of those who welcome and are still here: who animates, then who is in embassy. To be ordered by
    `by_rank`."""
    roles = [Membership.Role.ANIMATOR, Membership.Role.AMBASSADOR]
    return Membership.objects.filter(role__in=roles, person__suspended_at__isnull=True)


def colleagues() -> QuerySet[Membership]:
    """The memberships of those of the company who are still here: whoever of them wants to may animate."""
    return Membership.objects.filter(person__suspended_at__isnull=True, person__is_guest=False)


def _first(rows: "QuerySet[Membership] | QuerySet[EntryRequest]", field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])
