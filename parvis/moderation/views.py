"""HTTP of reports."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.communities.models import Community
from parvis.communities.queries import header
from parvis.contributions.models import Contribution
from parvis.contributions.queries import lines_of
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.moderation import actions, queries, rules
from parvis.moderation.forms import DecisionForm, ReportForm
from parvis.moderation.models import Removal, Report
from parvis.people.signed_in import SignedIn


def _visible(request: SignedIn, contribution_id: int) -> Contribution:
    return get_object_or_404(Contribution.objects.visible_to(request.user.scope()), pk=contribution_id)


@limited("report", per_minute=10)
def report(request: SignedIn, contribution_id: int) -> HttpResponse:
    """Place, reason, good faith, receipt. An animator who reads it may remove it from here."""
    found = _visible(request, contribution_id)
    form = ReportForm(request.POST or None)
    may_report = rules.may_report(request.user, found)
    if request.method == "POST":
        if not may_report:
            return _report_page(request, found, form, status=403)
        if form.is_valid():
            actions.report(by=request.user, contribution=found, **form.cleaned_data)
            tell(request, _("C’est transmis. La décision et sa raison seront dans « Mes signalements »."))
            return redirect("moderation:mine")
        return _report_page(request, found, form, status=422)
    return _report_page(request, found, form)


def _report_page(request: SignedIn, found: Contribution, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "contribution": found,
        "line": lines_of([found.pk], request.user.scope())[0],
        "form": form,
        "may_report": rules.may_report(request.user, found),
        "may_moderate": rules.may_moderate(request.user, found.audience_id),
        "decision": DecisionForm(),
    }
    return render(request, "moderation/report.html", context, status=status)


@require_POST
def decide(request: SignedIn, contribution_id: int) -> HttpResponse:
    """`decision` is removed or kept. For others than the animators it does not exist."""
    own = Removal.objects.filter(contribution=contribution_id, removed_by=request.user).select_related("contribution")
    if (done := own.first()) and rules.may_moderate(request.user, done.contribution.audience_id):
        return _decided(request, done.contribution)  # a second click
    found = _visible(request, contribution_id)
    if not rules.may_moderate(request.user, found.audience_id):
        raise Http404
    form = DecisionForm(request.POST)
    if form.is_valid():
        act = actions.remove if request.POST.get("decision") == Report.Decision.REMOVED else actions.keep
        try:
            act(by=request.user, contribution=found, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
    if form.errors:
        context = {"contribution": found, "decision": form, "line": lines_of([found.pk], request.user.scope())[0]}
        return render(request, "moderation/decide.html", context, status=422)
    return _decided(request, found)


def _decided(request: SignedIn, found: Contribution) -> HttpResponse:
    tell(request, _("C’est décidé. Les personnes concernées liront votre raison."))
    return redirect(_queue_address(found.audience_id))


def _queue_address(audience_id: int) -> str:
    from django.urls import reverse

    community = Community.objects.filter(audience_id=audience_id).first()
    return reverse("moderation:queue", args=[community.slug]) if community else reverse("moderation:company_queue")


@require_safe
def queue(request: SignedIn, slug: str) -> HttpResponse:
    found = get_object_or_404(Community.objects.visible_to(request.user.scope()), slug=slug)
    if not rules.may_moderate(request.user, found.audience_id):
        raise Http404
    waiting = queries.queue(found.audience_id, request.user.scope())
    context = {
        "community": found,
        "header": header(found, request.user),
        "here": "queue",
        "waiting": waiting,
        "form": DecisionForm(),
    }
    return render(request, "moderation/queue.html", context)


@require_safe
def company_queue(request: SignedIn) -> HttpResponse:
    audience_id = company_audience_id()
    if not rules.may_moderate(request.user, audience_id):
        raise Http404
    waiting = queries.queue(audience_id, request.user.scope())
    return render(request, "moderation/company_queue.html", {"waiting": waiting, "form": DecisionForm()})


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """What I reported and what became of it; what of mine was removed and why."""
    context = {"reports": queries.reports_by(request.user), "removals": queries.removals_of(request.user)}
    return render(request, "moderation/mine.html", context)


@require_POST
def acknowledge(request: SignedIn, removal_id: int) -> HttpResponse:
    removal = get_object_or_404(Removal, pk=removal_id, contribution__author=request.user)
    actions.acknowledge(person=request.user, removal=removal)
    return redirect("moderation:mine")
