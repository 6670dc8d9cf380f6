"""« Où en est-on ? »: its page, the form that stands in its place, the decisions."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.communities import actions, queries, toolbox
from parvis.communities.actions import Step
from parvis.communities.forms import MILESTONES, DecisionForm, ProjectForm, add_errors
from parvis.communities.models import Decision
from parvis.communities.queries import CommunityHeader, WhereWeAre
from parvis.communities.views.loading import found_or_404, id_or_404, reader_of
from parvis.kernel.idempotency.once import once
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people.models import Person


@require_GET
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything, with all the decisions; for htmx, the part that stands on the front page."""
    head, where = _loaded(request, slug)
    if _is_fragment(request):
        return render(request, "communities/_project.html", {"header": head, "where": where})
    return _page(request, head, where)


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """The form in the place of what it changes; a page of its own without scripts."""
    head, where = _may_say(request, slug)
    if request.method == "GET":
        return _form(request, head, where, ProjectForm(initial=_initial(where)))
    form = ProjectForm(request.POST)
    homonyms: list[Person] = []
    if form.is_valid():
        lead, homonyms = _lead(form, where)
        if not form.errors:
            try:
                actions.say_where_we_are(
                    by=reader_of(request), community=head.community, lead=lead, **_given(form.cleaned_data, where)
                )
            except ValidationError as error:
                add_errors(form, error)
    if form.errors:
        where = queries.where_we_are(head.community, reader_of(request), head.standing)
        return _form(request, head, where, form, homonyms=homonyms, status=422)
    tell(request, _("C’est dit : tout le monde ici sait où l’on en est."))
    if _is_fragment(request):
        where = queries.where_we_are(head.community, reader_of(request), head.standing)
        return render(request, "communities/_project.html", {"header": head, "where": where})
    return redirect(head.community)


@require_POST
@limited("decision", per_minute=20)
def note_decision(request: HttpRequest, slug: str) -> HttpResponse:
    head, where = _may_say(request, slug)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            once(
                act="note_decision",
                person_id=reader_of(request).pk,
                key=request.POST.get("key"),
                create=lambda: (
                    actions.note_decision(by=reader_of(request), community=head.community, **form.cleaned_data).pk
                ),
            )
        except ValidationError as error:
            add_errors(form, error)
    if form.errors:
        return _page(request, head, where, form=form, status=422)
    tell(request, _("La décision est notée."))
    return redirect("communities:project", head.community.slug)


@require_POST
def take_back_decision(request: HttpRequest, slug: str, decision_id: int) -> HttpResponse:
    head, _where = _may_say(request, slug)
    decision = Decision.objects.select_related("project__community").filter(pk=decision_id).first()
    if decision is not None and decision.project_id != head.community.pk:
        raise Http404
    if decision is not None:  # else a second click
        actions.take_back_decision(by=reader_of(request), decision=decision)
    tell(request, _("La décision est retirée."))
    return redirect("communities:project", head.community.slug)


def _loaded(request: HttpRequest, slug: str) -> tuple[CommunityHeader, WhereWeAre]:
    """For its readers, as long as those who animate keep it switched on."""
    community = found_or_404(request, slug)
    head = queries.header(community, reader_of(request))
    if not head.standing.may_read or not head.has(toolbox.STATE.name):
        raise Http404
    return head, queries.where_we_are(community, reader_of(request), head.standing)


def _may_say(request: HttpRequest, slug: str) -> tuple[CommunityHeader, WhereWeAre]:
    head, where = _loaded(request, slug)
    if not where.may_say:
        raise PermissionDenied
    return head, where


def _page(
    request: HttpRequest,
    head: CommunityHeader,
    where: WhereWeAre,
    *,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.decisions_page(head.community, after=_after(request.GET.get("apres", "")))
    shown = found[: queries.DECISIONS]
    context = {
        "header": head,
        "here": "project",
        "where": where,
        "decisions": shown,
        "next_cursor": f"{shown[-1].decided_on:%Y-%m-%d}_{shown[-1].pk}" if len(found) > len(shown) else "",
        "form": form or DecisionForm(initial={"decided_on": timezone.localdate()}),
        "key": request.POST.get("key", ""),
    }
    return render(request, "communities/project.html", context, status=status)


def _form(
    request: HttpRequest,
    head: CommunityHeader,
    where: WhereWeAre,
    form: ProjectForm,
    *,
    homonyms: list[Person] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "header": head,
        "here": "project",
        "where": where,
        "form": form,
        "homonyms": homonyms or [],
        # Told of what changed meanwhile, they may save theirs over it.
        "based_on": where.state.version if where.state else 0,
    }
    name = "communities/_project_form.html" if _is_fragment(request) else "communities/project_form.html"
    return render(request, name, context, status=status)


def _initial(where: WhereWeAre) -> dict[str, Any]:
    state = where.state
    if state is None:
        return {}
    initial: dict[str, Any] = {
        "lead": where.lead.name if where.lead else "",
        "next_step": state.next_step,
        "next_step_on": state.next_step_on,
        "weather": state.weather,
        "weather_word": state.weather_word,
    }
    for n, milestone in enumerate(where.milestones, start=1):
        initial |= {
            f"milestone_{n}": milestone.name,
            f"due_on_{n}": milestone.due_on,
            f"reached_{n}": milestone.reached_on is not None,
        }
    return initial


def _lead(form: ProjectForm, where: WhereWeAre) -> tuple[Person | None, list[Person]]:
    """The member of that name; among several, the one that was pointed at."""
    name = form.cleaned_data["lead"]
    if not name:
        return None, []
    if where.lead and name == where.lead.name:
        return where.lead, []
    found = queries.members_named(where.community, name)
    chosen = [person for person in found if str(person.pk) == form.data.get("lead_id")]
    if len(found) == 1 or chosen:
        return (chosen or found)[0], []
    if found:
        form.add_error("lead", _("Plusieurs membres portent ce nom : choisissez."))
    else:
        form.add_error("lead", _("Personne de ce nom n’est membre ici. Il faut l’être pour mener le projet."))
    return None, found


def _given(typed: dict[str, Any], where: WhereWeAre) -> dict[str, Any]:
    """A milestone that was reached already keeps its day."""
    today = timezone.localdate()
    reached = {milestone.name: milestone.reached_on or today for milestone in where.milestones}
    return {
        **{name: typed[name] for name in ("next_step", "next_step_on", "weather", "weather_word", "based_on")},
        "milestones": [
            Step(name, typed[f"due_on_{n}"], reached.get(name, today) if typed[f"reached_{n}"] else None)
            for n, name in ((n, typed[f"milestone_{n}"]) for n in MILESTONES)
        ],
    }


def _after(text: str) -> tuple[date, int] | None:
    day, _sep, pk = text.partition("_")
    try:
        return date.fromisoformat(day), id_or_404(pk)
    except (ValueError, Http404):
        return None


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
