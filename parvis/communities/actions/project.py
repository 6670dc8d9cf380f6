"""« Où en est-on ? »: what those who animate and who lead say of a project, and the decisions they note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.wording import one_line
from parvis.communities.events import ProjectChanged
from parvis.communities.models import Community, Decision, Membership, Milestone, ProjectState
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

MOST_MILESTONES = 3
# Further than any project of ours, in both directions: what lies beyond was mistyped.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Step:
    """A milestone as it was typed; nothing at all stands for none."""

    name: str
    due_on: date | None = None
    reached_on: date | None = None


@transaction.atomic
def say_where_we_are(
    *,
    by: Person,
    community: Community,
    lead: Person | None,
    next_step: str,
    next_step_on: date | None,
    weather: str,
    weather_word: str,
    milestones: Sequence[Step],
    based_on: int | None = None,
) -> ProjectState:
    """Everything at once, as the page shows it. Saying the same again changes nothing.

    `based_on` is the version that the form was opened on: two people do not undo each other unseen. Raises
    CharterNeeded, PermissionDenied, ValidationError naming the field.
    """
    must_have_agreed(by)
    community = lock(community)
    if not may.may_say_where_we_are(by, community):
        raise PermissionDenied
    if lead is not None and not _is_there(lead, community):
        raise ValidationError({"lead": _("Pour mener le projet, il faut en être membre, et de l’entreprise.")})
    if weather and weather not in ProjectState.Weather.values:
        raise ValidationError({"weather": _("Choisissez comment ça va parmi les trois.")})
    state, is_new = ProjectState.objects.get_or_create(community=community, defaults={"version": 0})
    before = _said(state, _steps_of(state))
    state.lead = lead
    state.next_step = one_line(next_step, field="next_step", most=200)
    state.next_step_on = _day(next_step_on, field="next_step_on")
    if state.next_step_on and not state.next_step:
        raise ValidationError({"next_step": _("Dites ce qui se passe ce jour-là.")})
    state.weather, state.weather_word = weather, one_line(weather_word, field="weather_word", most=200)
    steps = _steps(milestones)
    if before == _said(state, steps) and not is_new:
        return state
    if based_on is not None and not is_new and based_on != state.version:
        raise ValidationError(
            _(
                "Cette page a été changée entre-temps, par quelqu’un d’autre ou dans un autre onglet. Ce que vous "
                "avez écrit est gardé ci-dessous : enregistrez encore pour qu’il remplace le reste."
            )
        )
    state.version += 1
    state.said_at, state.said_by = timezone.now(), by
    state.save()
    state.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(project=state, position=n, name=s.name, due_on=s.due_on, reached_on=s.reached_on)
        for n, s in enumerate(steps)
    )
    events.publish(ProjectChanged(community.pk, by_id=by.pk))
    return state


@transaction.atomic
def note_decision(*, by: Person, community: Community, text: str, decided_on: date) -> Decision:
    """Raises CharterNeeded, PermissionDenied, ValidationError naming the field."""
    must_have_agreed(by)
    community = lock(community)
    if not may.may_say_where_we_are(by, community):
        raise PermissionDenied
    state, _is_new = ProjectState.objects.get_or_create(community=community, defaults={"version": 0})
    decided_on = _day(decided_on, field="decided_on") or timezone.localdate()
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("Une décision est prise aujourd’hui ou avant.")})
    decision = Decision.objects.create(
        project=state,
        text=one_line(text, field="text", most=280, least=2),
        decided_on=decided_on,
        noted_by=by,
    )
    events.publish(ProjectChanged(community.pk, by_id=by.pk))
    return decision


@transaction.atomic
def take_back_decision(*, by: Person, decision: Decision) -> None:
    """It was noted by mistake. Twice is once."""
    community = lock(decision.project.community)
    if not may.may_say_where_we_are(by, community):
        raise PermissionDenied
    deleted, _rows = Decision.objects.filter(pk=decision.pk).delete()
    if deleted:
        events.publish(ProjectChanged(community.pk, by_id=by.pk))


def _is_there(person: Person, community: Community) -> bool:
    if person.is_guest or not person.is_active:
        return False
    return Membership.objects.filter(community=community, person=person).exists()


def _steps(typed: Sequence[Step]) -> list[Step]:
    steps = []
    for n, step in enumerate(typed, start=1):
        name = one_line(step.name, field=f"milestone_{n}", most=120)
        due_on = _day(step.due_on, field=f"due_on_{n}")
        reached_on = _day(step.reached_on, field=f"milestone_{n}")
        if (due_on or reached_on) and not name:
            raise ValidationError({f"milestone_{n}": _("Nommez ce jalon, ou effacez sa date.")})
        if name:
            steps.append(Step(name, due_on, reached_on))
    if len(steps) > MOST_MILESTONES:
        raise ValidationError(_("Trois jalons au plus : gardez ceux qui disent où l’on va."))
    return steps


def _steps_of(state: ProjectState) -> list[Step]:
    return [Step(m.name, m.due_on, m.reached_on) for m in state.milestones.order_by("position")]


def _said(state: ProjectState, steps: list[Step]) -> tuple[object, ...]:
    return (state.lead_id, state.next_step, state.next_step_on, state.weather, state.weather_word, tuple(steps))


def _day(day: date | None, *, field: str) -> date | None:
    if day is not None and not _FIRST_DAY <= day <= _LAST_DAY:
        raise ValidationError({field: _("Cette date est trop loin : choisissez entre 2000 et 2100.")})
    return day
