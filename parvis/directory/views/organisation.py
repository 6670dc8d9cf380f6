"""The organisation chart: each step is a page; within one, it is a tree that the arrows walk. A guest sees none."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from parvis.directory.queries import organisation
from parvis.directory.queries.organisation import Step
from parvis.kernel.text import id_in
from parvis.people.signed_in import SignedIn

# Of a circle, the names that its sentence says.
NAMED = 4


def _refuse_guests(request: SignedIn) -> None:
    if request.user.is_guest:
        raise Http404


@require_safe
def chart(request: SignedIn) -> HttpResponse:
    """From where one walks down. `?de=<id>`: the place of somebody."""
    _refuse_guests(request)
    asked = id_in(request.GET.get("de", ""))
    if asked is not None:
        return redirect("directory:chart_of", asked)
    tops = organisation.tops(after_id=id_in(request.GET.get("apres", "")) or 0)
    branch = organisation.team_of(tops.steps[0].pk if tops.steps else 0)
    context = {
        "tops": tops,
        # Under a single top one sees at once whom it leads.
        "branch": branch if len(tops.steps) == 1 else None,
        "alone": organisation.alone(after_id=id_in(request.GET.get("seuls", "")) or 0),
    }
    return render(request, "directory/chart.html", context)


@require_safe
def chart_of(request: SignedIn, person_id: int) -> HttpResponse:
    _refuse_guests(request)
    found = organisation.chart_of(person_id, after_id=id_in(request.GET.get("apres", "")) or 0)
    if found is None:
        raise Http404
    in_circle = [found.centre, *found.loop] if found.is_within else list(found.loop)
    context = {"chart": found, "circle": in_circle, "loop_words": loop_in_words(in_circle)}
    return render(request, "directory/chart_of.html", context)


@require_safe
def team(request: SignedIn, person_id: int) -> HttpResponse:
    """The branches under one step, for the tree that opens them in place."""
    _refuse_guests(request)
    if organisation.chart_of(person_id) is None:
        raise Http404
    found = organisation.team_of(person_id, after_id=id_in(request.GET.get("apres", "")) or 0)
    return render(request, "directory/_team.html", {"team": found, "of": person_id})


def loop_in_words(circle: Sequence[Step]) -> str:
    """« Karim et Marc sont inscrits chacun comme responsable de l’autre : l’annuaire est à corriger. »"""
    if not circle:
        return ""
    names = [step.name for step in circle if step.is_named][:NAMED]
    others = len(circle) - len(names)
    if others and not names:
        return _(
            "Ici l’annuaire tourne en rond : des responsables y sont les uns au-dessus des autres. Il est à corriger."
        )
    if others:
        said = ngettext("%(num)d autre personne", "%(num)d autres personnes", others) % {"num": others}
        listed = _("%(names)s et %(last)s") % {"names": ", ".join(names), "last": said}
    else:
        listed = _("%(names)s et %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    if len(circle) == 2:
        return _("Selon l’annuaire, %(names)s sont responsables l’un de l’autre : l’annuaire est à corriger.") % {
            "names": listed
        }
    return _(
        "Selon l’annuaire, %(names)s sont en rond responsables les uns des autres : l’annuaire est à corriger."
    ) % {"names": listed}
