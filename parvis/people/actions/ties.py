"""Following somebody, not reading them any more, keeping them away. Nobody but oneself learns of any of these."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.kernel import events
from parvis.people.events import Blocked, Muted, PersonFollowed, PersonUnfollowed, Unblocked, Unmuted
from parvis.people.models import Block, Mute, Person, PersonFollow
from parvis.people.rules import may_follow, may_keep_away
from parvis.people.ties import keeps_away


@transaction.atomic
def follow_person(*, person: Person, followed: Person) -> None:
    """Reads in one's feed what they publish where one may read. Reading needs no charter. The caller has loaded
    `followed` with `visible_to`. Raises PermissionDenied, and ValidationError for whoever cannot be followed, without
    saying why."""
    if not may_follow(person, followed):
        raise PermissionDenied
    if not followed.is_active or keeps_away(person=followed, by=person):
        raise ValidationError(_("Cette personne ne peut pas être suivie pour le moment."))
    _row, is_new = PersonFollow.objects.get_or_create(person=person, followed=followed)
    if is_new:
        person.forget_scope()
        events.publish(PersonFollowed(person.pk, followed.pk))


@transaction.atomic
def unfollow_person(*, person: Person, followed: Person) -> None:
    deleted, _rows = PersonFollow.objects.filter(person=person, followed=followed).delete()
    if deleted:
        person.forget_scope()
        events.publish(PersonUnfollowed(person.pk, followed.pk))


@transaction.atomic
def mute(*, person: Person, muted: Person) -> None:
    """Their publications leave one's feed; elsewhere their words stand folded. Raises PermissionDenied."""
    if not may_keep_away(person, muted):
        raise PermissionDenied
    _row, is_new = Mute.objects.get_or_create(person=person, muted=muted)
    if is_new:
        person.forget_scope()
        events.publish(Muted(person.pk, muted.pk))


@transaction.atomic
def unmute(*, person: Person, muted: Person) -> None:
    deleted, _rows = Mute.objects.filter(person=person, muted=muted).delete()
    if deleted:
        person.forget_scope()
        events.publish(Unmuted(person.pk, muted.pk))


@transaction.atomic
def block(*, person: Person, blocked: Person) -> None:
    """As `mute`, and they do not reach one any more. What either follows stays written and rests meanwhile, so that
    nobody learns of it and undoing gives all back. Raises PermissionDenied."""
    if not may_keep_away(person, blocked):
        raise PermissionDenied
    _row, is_new = Block.objects.get_or_create(person=person, blocked=blocked)
    if is_new:
        person.forget_scope()
        events.publish(Blocked(person.pk, blocked.pk))


@transaction.atomic
def unblock(*, person: Person, blocked: Person) -> None:
    deleted, _rows = Block.objects.filter(person=person, blocked=blocked).delete()
    if deleted:
        person.forget_scope()
        events.publish(Unblocked(person.pk, blocked.pk))
