"""The shared list of skills: everybody of the company reads it, those who animate tend it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.directory import actions, rules
from parvis.directory.queries.skills import list_of_skills, merge_preview
from parvis.directory.skill_forms import SkillNamesForm
from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people.signed_in import SignedIn
from parvis.people.skill_list import Listed, SkillList, the_skills


@require_GET
def index(request: SignedIn) -> HttpResponse:
    if not rules.may_see_the_skills(request.user):
        raise PermissionDenied
    words = request.GET.get("q", "")[:120].replace("\0", "")
    context = {
        "page": list_of_skills(words=words, after=request.GET.get("apres", "")[:160]),
        "words": words,
        "may_tend": rules.may_tend_skills(request.user),
    }
    return render(request, "directory/skill_list.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: SignedIn, skill_id: int) -> HttpResponse:
    """Which other one, then what it changes, then the act."""
    listed, skill = _tended(request, skill_id)
    into_id = id_in(request.POST.get("dans") or request.GET.get("dans", ""))
    error = ""
    if request.method == "POST":
        try:
            into = actions.merge_skills(by=request.user, source_id=skill_id, into_id=into_id or 0)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            said = _("« %(name)s » est réuni à « %(into)s ».") % {"name": skill.name, "into": into.name}
            tell(request, said, undo=reverse("directory:unmerge_skill", args=[skill_id]))
            return redirect("directory:skills")
    words = request.GET.get("q", "")[:120].replace("\0", "")
    into_listed = _root(listed, into_id)
    preview = None
    if not error and into_listed is not None and into_listed.id != skill.id:
        preview = merge_preview(source=skill, into=into_listed, reader=request.user)
    found = listed.proposed(words, most=20) if words else listed.near(skill.name, most=10)
    context = {
        "skill": skill,
        "preview": preview,
        "found": [one for one in found if one.id != skill.id],
        "words": words,
        "error": error,
    }
    return render(request, "directory/merge_skill.html", context, status=422 if error else 200)


@require_POST
def unmerge(request: SignedIn, skill_id: int) -> HttpResponse:
    if not rules.may_tend_skills(request.user):
        raise PermissionDenied
    _listed, _into = _tended(request, skill_id)
    try:
        skill = actions.unmerge_skill(by=request.user, skill_id=skill_id)
    except ValidationError as refused:
        tell(request, " ".join(refused.messages))
    else:
        tell(request, _("« %(name)s » est à nouveau un savoir-faire à part.") % {"name": skill.name})
    return redirect("directory:skills")


@require_http_methods(["GET", "POST"])
def name(request: SignedIn, skill_id: int) -> HttpResponse:
    _listed, skill = _tended(request, skill_id)
    names = {"name_fr": skill.name_fr, "name_en": skill.name_en}
    form = SkillNamesForm(request.POST or None, initial=names, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_skill(by=request.user, skill_id=skill.id, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            tell(request, _("C’est enregistré."))
            return redirect("directory:skills")
    context = {"skill": skill, "form": form}
    return render(request, "directory/name_skill.html", context, status=422 if form.errors else 200)


def _tended(request: SignedIn, skill_id: int) -> tuple[SkillList, Listed]:
    """404 for what is not in the list, 403 for who does not tend it."""
    listed = the_skills()
    skill = _root(listed, skill_id)
    if skill is None or not rules.may_see_the_skills(request.user):
        raise Http404
    if not rules.may_tend_skills(request.user):
        raise PermissionDenied
    return listed, skill


def _root(listed: SkillList, skill_id: int | None) -> Listed | None:
    try:
        return listed.root_of(skill_id or 0)
    except KeyError:
        return None
