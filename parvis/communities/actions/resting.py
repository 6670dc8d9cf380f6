"""Putting a community to rest, and waking it: archived is read only, found as before, undone for thirty days."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.events import Archived, PulseAnswered, Unarchived
from parvis.communities.models import Community, MergeOffer, Pulse
from parvis.kernel import events
from parvis.kernel.audiences.actions import close_to_writing
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed


@transaction.atomic
def archive(*, by: Person, community: Community) -> Community:
    """Nothing is written there any more, and everybody who read it still does. Again: nothing. Raises CharterNeeded,
    PermissionDenied."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    if community.is_archived:
        return community
    if community.is_in_preparation:
        raise ValidationError(_("Elle n’est pas encore ouverte. Si l’idée est abandonnée, quittez-la."))
    put_to_rest(community, by=by, answer=Pulse.Answer.ARCHIVE)
    return community


def put_to_rest(
    community: Community, *, by: Person, answer: Pulse.Answer, merged_into: Community | None = None
) -> None:
    """What resting writes, alone or in another community. Called by an action that asked its rule and holds the
    community's lock: whoever writes there took it first, so nothing arrives behind."""
    community.archived_at, community.archived_by, community.merged_into = timezone.now(), by, merged_into
    community.save(update_fields=["archived_at", "archived_by", "merged_into"])
    close_to_writing(audience_id=community.audience_id, is_closed=True)
    MergeOffer.objects.filter(source=community).delete()
    MergeOffer.objects.filter(target=community).delete()
    asked = Pulse.objects.filter(community=community, answered_at__isnull=True).first()
    if asked is not None:
        asked.answered_at, asked.answered_by, asked.answer = timezone.now(), by, answer
        asked.save(update_fields=["answered_at", "answered_by", "answer"])
        events.publish(PulseAnswered(asked.pk, community.pk, by_id=by.pk))
    events.publish(Archived(community.pk, by_id=by.pk))


@transaction.atomic
def unarchive(*, by: Person, community: Community) -> Community:
    """As it was, for thirty days and by any of those who animate it. Afterwards one founds again.

    Raises CharterNeeded, PermissionDenied, ValidationError."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    if not community.is_archived:
        return community
    if community.merged_into_id is not None:
        raise ValidationError(_("Elle en a rejoint une autre : c’est cette réunion que l’on défait."))
    if not may.may_unarchive(by, community):
        raise ValidationError(
            _("Elle est archivée depuis plus de trente jours : on la lit toujours, et l’on en fonde une nouvelle.")
        )
    wake(community, by=by)
    return community


def wake(community: Community, *, by: Person) -> None:
    """What reopening writes. Called by an action that asked its rule and holds the community's lock."""
    community.archived_at = community.archived_by = community.merged_into = None
    community.save(update_fields=["archived_at", "archived_by", "merged_into"])
    close_to_writing(audience_id=community.audience_id, is_closed=False)
    events.publish(Unarchived(community.pk, by_id=by.pk))


def take_turn_to_write(*, audience_id: int, person: Person, field: str) -> None:
    """Called first by whatever adds something to an audience, within its transaction. In a community, acts that add,
    archive or move take turns: it holds the community's row until the end. Raises ValidationError for `field` where
    nothing is added any more, naming the community where one goes on if `person` may see it."""
    found = Community.objects.select_for_update(of=("self",)).filter(audience_id=audience_id).first()
    if found is None or not found.is_archived:
        return
    raise ValidationError({field: words_of_archive(found, person)})


def words_of_archive(community: Community, person: Person) -> str:
    said = _("« %(name)s » est archivée : on la lit, on n’y écrit plus. Votre texte est gardé.")
    words = format_html("{}", said % {"name": community.name})
    other = community.merged_into
    if other is not None and may.may_find(person, other):
        go_on = _("Elle a rejoint %(link)s, où l’on continue.")
        link = format_html('<a class="link" href="{}">{}</a>', other.get_absolute_url(), other.name)
        words = format_html("{} {}", words, format_html(go_on.replace("%(link)s", "{}"), link))
    return words
