"""Standing under another community. Membership is never inherited: the parent is where a community is listed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.wording import refuse_archived
from parvis.communities.events import ParentChanged, ParentProposed
from parvis.communities.models import Community, ParentProposal, Policy
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# A community, those under it, and those under these.
DEEPEST = 3


@transaction.atomic
def place_under(*, by: Person, community: Community, parent: Community) -> bool:
    """At once where one animates both; else those who animate the parent are asked, and it gives False.

    Raises CharterNeeded, PermissionDenied, ValidationError: a loop, more than three levels, a hidden community that
    would be named to those who may not know it.
    """
    must_have_agreed(by)
    community, parent = _in_turn(community, parent)
    if not may.may_animate(by, community) or not may.may_find(by, parent):
        raise PermissionDenied
    if community.parent_id == parent.pk:
        return True
    refuse_archived(community)
    _refuse_impossible(community, parent)
    if may.may_animate(by, parent):
        _place(by, community, parent)
        return True
    if community.is_hidden or community.is_in_preparation:
        raise ValidationError(
            _("Une communauté privée ne se place que sous une communauté que vous animez aussi : son nom y serait lu.")
        )
    ParentProposal.objects.update_or_create(community=community, defaults={"parent": parent, "proposed_by": by})
    events.publish(ParentProposed(community.pk, parent.pk, by_id=by.pk))
    return False


@transaction.atomic
def answer_child(*, by: Person, community: Community, parent: Community, is_accepted: bool) -> bool:
    """Those who animate the parent say yes or no. The first answer stands: False when there is nothing to answer."""
    must_have_agreed(by)
    community, parent = _in_turn(community, parent)
    if not may.may_animate(by, parent):
        raise PermissionDenied
    asked = ParentProposal.objects.filter(community=community, parent=parent)
    if not asked.exists():
        return False
    if is_accepted:
        refuse_archived(community)
        _refuse_impossible(community, parent)
        _place(by, community, parent)
    asked.delete()
    return True


@transaction.atomic
def stand_alone(*, by: Person, community: Community) -> None:
    """Under no other any more, nor asked to be. By those who animate it, or who animate the parent and may find it."""
    community = lock(community)
    parent = community.parent
    of_parent = parent is not None and may.may_animate(by, parent) and may.may_find(by, community)
    if not may.may_animate(by, community) and not of_parent:
        raise PermissionDenied
    ParentProposal.objects.filter(community=community).delete()
    if parent is not None:
        community.parent = None
        community.save(update_fields=["parent"])
        events.publish(ParentChanged(community.pk, None, by_id=by.pk))


def _in_turn(community: Community, parent: Community) -> tuple[Community, Community]:
    """All such acts take turns on one row: two at once could otherwise make a loop that neither sees."""
    Policy.objects.get_or_create(pk=1)
    Policy.objects.select_for_update().get(pk=1)
    first, second = sorted((community.pk, parent.pk))
    rows = {pk: Community.objects.select_for_update().get(pk=pk) for pk in (first, second)}
    return rows[community.pk], rows[parent.pk]


def _refuse_impossible(community: Community, parent: Community) -> None:
    above = _above(parent)
    if community.pk == parent.pk or community.pk in above:
        raise ValidationError(_("Une communauté ne peut pas se trouver sous elle-même."))
    if parent.is_archived or parent.is_in_preparation:
        raise ValidationError(
            _("« %(name)s » n’accueille pas de sous-communauté pour l’instant.") % {"name": parent.name}
        )
    if len(above) + 1 + _levels_from(community) > DEEPEST:
        raise ValidationError(_("Trois niveaux au plus : placez-la plus haut."))


def _above(community: Community) -> list[int]:
    """Ids of what stands over it, the nearest first. Stops at a loop, should there be one."""
    found: list[int] = []
    parent_id = community.parent_id
    while parent_id is not None and parent_id not in found:
        found.append(parent_id)
        parent_id = Community.objects.values_list("parent_id", flat=True).get(pk=parent_id)
    return found


def _levels_from(community: Community) -> int:
    """1 without children, 2 with, and so on."""
    levels, row = 1, [community.pk]
    while levels <= DEEPEST and (row := list(Community.objects.filter(parent__in=row).values_list("pk", flat=True))):
        levels += 1
    return levels


def _place(by: Person, community: Community, parent: Community) -> None:
    community.parent = parent
    community.save(update_fields=["parent"])
    ParentProposal.objects.filter(community=community).delete()
    events.publish(ParentChanged(community.pk, parent.pk, by_id=by.pk))
