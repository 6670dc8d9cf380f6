"""The pulse: asking those who animate whether it goes on, once at a time, and hearing the answer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.founding import REVIEW_AFTER_MONTHS, in_months, refuse_review
from parvis.communities.actions.wording import one_line
from parvis.communities.events import PulseAnswered, PulseAsked
from parvis.communities.models import PULSE_DAYS, Community, Pulse
from parvis.communities.standing import animators
from parvis.kernel import events
from parvis.kernel.mail.actions import post_letter
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# The day of a pulse that the review date asks.
REVIEW = 0
# A question whose day passed while nothing worked, or before there were pulses, is asked no more after this long.
STILL_ASKED = timedelta(days=20)
REMINDED_AFTER = timedelta(days=7)


@transaction.atomic
def ask_pulse(*, community: Community, now: datetime) -> Pulse | None:
    """Asks what is due, if anything, and writes to those who animate. One question at a time: while one waits, nothing
    else is asked."""
    community = lock(community)
    if community.is_in_preparation or community.is_archived:
        return None
    asked = set(Pulse.objects.filter(community=community).values_list("day", flat=True))
    if Pulse.objects.filter(community=community, answered_at__isnull=True).exists():
        return None
    day = _due(community, asked, now)
    if day is None:
        return None
    pulse = Pulse.objects.create(community=community, day=day, asked_at=now)
    _write_to_animators(pulse, community, "pulse")
    events.publish(PulseAsked(pulse.pk, community.pk))
    return pulse


def _due(community: Community, asked: set[int], now: datetime) -> int | None:
    assert community.opened_at is not None
    today = timezone.localdate(now)
    if community.review_on is not None and community.review_on <= today:
        return REVIEW
    passed = [day for day in PULSE_DAYS if community.opened_at + timedelta(days=day) <= now]
    if not passed or any(day >= passed[-1] for day in asked):
        return None
    is_still_asked = now - (community.opened_at + timedelta(days=passed[-1])) < STILL_ASKED
    return passed[-1] if is_still_asked else None


@transaction.atomic
def remind_of_pulse(*, pulse: Pulse, now: datetime) -> None:
    """Once. Nothing else follows from silence: a community is never archived by itself."""
    reminded = Pulse.objects.filter(pk=pulse.pk, answered_at__isnull=True, reminded_at__isnull=True)
    if reminded.update(reminded_at=now):
        _write_to_animators(pulse, Community.objects.get(pk=pulse.community_id), "pulse_again")


@transaction.atomic
def go_on(
    *, by: Person, community: Community, word: str = "", review_on: date | None = None, pulse: Pulse | None = None
) -> None:
    """It continues, with a word for those who animate and, if wanted, another review date; a review that is due needs
    a new one, and is given six months without a choice. The first answer stands. Raises CharterNeeded,
    PermissionDenied, ValidationError naming the field."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community) or community.is_archived:
        raise PermissionDenied
    waiting = Pulse.objects.filter(community=community, answered_at__isnull=True)
    asked = (waiting.filter(pk=pulse.pk) if pulse else waiting).first()
    if asked is None:
        return
    word = one_line(word, field="word", most=280)
    if review_on is None and asked.day == REVIEW:
        review_on = in_months(timezone.localdate(), REVIEW_AFTER_MONTHS)
    if review_on is not None and review_on != community.review_on:
        refuse_review(review_on)
        community.review_on = review_on
        community.save(update_fields=["review_on"])
    asked.answered_at, asked.answered_by = timezone.now(), by
    asked.answer, asked.word = Pulse.Answer.GO_ON, word
    asked.save(update_fields=["answered_at", "answered_by", "answer", "word"])
    events.publish(PulseAnswered(asked.pk, community.pk, by_id=by.pk))


def _write_to_animators(pulse: Pulse, community: Community, letter: str) -> None:
    link = f"{settings.PARVIS_URL}{reverse('communities:pulse', args=[community.slug])}"
    for person in _those_who_animate(community):
        post_letter(
            to=person.mail,
            letter=f"communities/mail/{letter}",
            language=person.language,
            key=f"{letter}:{pulse.pk}:{person.pk}",
            person=person,
            community=community,
            day=pulse.day,
            link=link,
        )


def _those_who_animate(community: Community) -> Sequence[Person]:
    rows = animators().filter(community=community).select_related("person").order_by("joined_at", "pk")
    return [row.person for row in rows]
