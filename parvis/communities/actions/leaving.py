"""Going out, by one's own act; and what closes when nobody of the company is left."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.events import Closed, EntryDecided, Left
from parvis.communities.models import Community, EntryRequest, Invitation, Membership
from parvis.communities.standing import animators, colleagues
from parvis.kernel import events
from parvis.kernel.audiences.actions import let_out
from parvis.people.models import Person


@transaction.atomic
def leave(*, person: Person, community: Community, closes: bool = False) -> None:
    """Goes out. Somebody who alone animates others hands over first. The last of the company in a place that nobody
    can enter afterwards closes it, and says so (`closes`). Raises ValidationError."""
    community = lock(community)
    member = Membership.objects.filter(community=community, person=person).first()
    if member is None:
        return
    if member.role == Membership.Role.ANIMATOR:
        refuse_to_leave_others_alone(community, person)
    is_closed = may.closes_behind(person, community)
    if is_closed and not closes:
        raise ValidationError(
            _(
                "Vous êtes la dernière personne de l’entreprise ici : partir ferme la communauté. Dites-le "
                "ci-dessous, ou invitez d’abord quelqu’un."
            )
        )
    go_out(person=person, community=community)
    events.publish(Left(community.pk, person.pk, by_id=person.pk))
    if is_closed:
        _close(by=person, community=community)


def go_out(*, person: Person, community: Community) -> None:
    """What going out writes, whichever way: no row says afterwards that one may read."""
    Membership.objects.filter(community=community, person=person).delete()
    let_out(person_id=person.pk, audience_id=community.audience_id)
    person.forget_scope()


def refuse_to_leave_others_alone(community: Community, person: Person) -> None:
    if animators().filter(community=community).exclude(person=person).exists():
        return
    if colleagues().filter(community=community).exclude(person=person).exists():
        raise ValidationError(
            _(
                "Personne d’autre n’anime cette communauté. Confiez-la d’abord à quelqu’un, sur la page des "
                "membres ; vous pourrez partir ensuite."
            )
        )


def _close(*, by: Person, community: Community) -> None:
    """Nobody is left to answer: guests go out too, what waited is answered, what is written stays. Those suspended
    stay members: whoever is readmitted may take it up."""
    guests = Membership.objects.filter(community=community, person__is_guest=True).select_related("person")
    for guest in guests.order_by("pk"):
        go_out(person=guest.person, community=community)
        events.publish(Left(community.pk, guest.person_id, by_id=by.pk))
    Invitation.objects.pending().filter(community=community).delete()
    waiting = EntryRequest.objects.filter(community=community, decided_at__isnull=True)
    asked = list(waiting.order_by("pk").values_list("person_id", flat=True))
    waiting.update(decided_at=timezone.now(), decided_by=by, is_accepted=False)
    for person_id in asked:
        events.publish(EntryDecided(community.pk, person_id, is_accepted=False, by_id=by.pk))
    events.publish(Closed(community.pk, by_id=by.pk))
