"""A colleague is told of a community, with a word: once, and gone without a trace when it is put away."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.inviting import out_of_reach
from parvis.communities.actions.wording import one_line
from parvis.communities.events import Recommended
from parvis.communities.models import Community, Invitation, Membership, Recommendation
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed
from parvis.people.ties import keeps_away


@transaction.atomic
def recommend(*, by: Person, person: Person, community: Community, word: str = "") -> None:
    """Told once: who was told already, by anybody, or put it away, is not told again, and whoever recommends does not
    learn it. Raises CharterNeeded, PermissionDenied, ValidationError."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_recommend(by, community):
        raise PermissionDenied
    word = one_line(word, field="word", most=280)
    is_colleague = person.is_active and person.activated_at is not None and not person.is_guest
    if not is_colleague or person.pk == by.pk or keeps_away(person=person, by=by):
        raise out_of_reach()
    if Membership.objects.filter(community=community, person=person).exists():
        raise ValidationError(_("%(name)s est déjà membre.") % {"name": person.name})
    if not may.may_find(person, community) or Invitation.objects.filter(community=community, person=person).exists():
        return
    _told, is_new = Recommendation.objects.get_or_create(
        community=community, person=person, defaults={"by": by, "word": word}
    )
    if is_new:
        events.publish(Recommended(community.pk, person.pk, by_id=by.pk))


@transaction.atomic
def put_recommendation_away(*, person: Person, community: Community) -> None:
    """Not told again, and nobody learns it."""
    Recommendation.objects.filter(community=community, person=person, put_away_at__isnull=True).update(
        put_away_at=timezone.now()
    )
