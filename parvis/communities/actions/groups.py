"""What a directory group grants: the right to enter and one invitation. Nothing here makes anybody a member."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.events import GatesChanged, Invited
from parvis.communities.models import Community, GroupGate, GroupRight, Invitation, Membership
from parvis.kernel import events
from parvis.kernel.text import folded
from parvis.people.models import Person


@transaction.atomic
def grant_group(
    *,
    community: Community,
    person_ids: Collection[int],
    group_name: str,
    source: str = "",
    group_key: str = "",
) -> int:
    """Makes the right to enter follow the group's people as the directory has them now; gives how many were invited.

    Who is new in the group is invited once, ever. Who is no longer in it loses the right and the invitation still
    unanswered; a membership stays, since it was the person's own act. Running it again changes nothing.
    """
    community = lock(community)
    if community.is_secret:
        # No group opens what is secret: what linked it is gone, and an import says nothing of it.
        return 0
    gate, _is_new = GroupGate.objects.update_or_create(
        community=community,
        source=source[:64],
        group_key=(group_key or folded(group_name))[:255],
        defaults={"name": group_name[:120]},
    )
    known = set(GroupRight.objects.filter(gate=gate).values_list("person_id", flat=True))
    wanted = set(Person.objects.active().filter(pk__in=list(person_ids)).values_list("pk", flat=True))
    GroupRight.objects.filter(gate=gate, person_id__in=known - wanted).delete()
    GroupRight.objects.bulk_create(
        [GroupRight(gate=gate, person_id=person_id) for person_id in sorted(wanted - known)], ignore_conflicts=True
    )
    _withdraw_groundless(community)

    met = set(Invitation.objects.filter(community=community).values_list("person_id", flat=True))
    met |= set(Membership.objects.filter(community=community).values_list("person_id", flat=True))
    met |= set(community.removals.values_list("person_id", flat=True))
    invited = sorted(wanted - met)
    Invitation.objects.bulk_create(
        [Invitation(community=community, person_id=person_id, group_name=gate.name) for person_id in invited]
    )
    for person_id in invited:
        events.publish(Invited(community.pk, person_id, by_id=None))
    if known != wanted:
        events.publish(GatesChanged(community.pk))
    return len(invited)


@transaction.atomic
def unlink_group(*, by: Person, gate: GroupGate) -> None:
    """The group opens this community no more. Its members stay."""
    community = lock(gate.community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    gate.delete()
    _withdraw_groundless(community)
    events.publish(GatesChanged(community.pk))


def unlink_all_groups(community: Community) -> None:
    """It became secret. Called within an action that asked its rule."""
    deleted, _rows = GroupGate.objects.filter(community=community).delete()
    if deleted:
        _withdraw_groundless(community)
        events.publish(GatesChanged(community.pk))


def _withdraw_groundless(community: Community) -> None:
    """Unanswered invitations by a group whose right is gone."""
    entitled = GroupRight.objects.filter(gate__community=community).values("person_id")
    Invitation.objects.pending().filter(community=community, invited_by__isnull=True).exclude(group_name="").exclude(
        person_id__in=entitled
    ).delete()
