"""One's own skills, and confirming a colleague's: each act a POST that says the wanted state."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.contributions.models import Contribution
from parvis.directory import actions, rules
from parvis.directory.models import MOST_EVIDENCE
from parvis.directory.queries.skills import evidence_choices, skill_line, skills_of
from parvis.kernel.limits import limited
from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people import actions as people
from parvis.people import rules as people_rules
from parvis.people.models import HasSkill, Person
from parvis.people.signed_in import SignedIn
from parvis.people.skill_list import Listed, the_skills

_LONGEST = 200


@require_GET
def my_skills(request: SignedIn) -> HttpResponse:
    return _mine(request)


def _mine(
    request: SignedIn,
    *,
    typed: dict[str, str] | None = None,
    near: list[Listed] | None = None,
    may_add_as_typed: bool = False,
    error: str = "",
    typed_words: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Also what an act shows when it was refused: with what was typed, and what is proposed instead."""
    context: dict[str, Any] = {
        "lines": skills_of(request.user, reader=request.user, scope=request.user.scope()),
        "typed": typed or {"name": "", "word": ""},
        "near": near or [],
        "may_add_as_typed": may_add_as_typed,
        "error": error,
        "typed_words": typed_words or {},
        "may_see_the_skills": rules.may_see_the_skills(request.user),
    }
    return render(request, "directory/my_skills.html", context, status=status)


@require_GET
@limited("suggest-skills", per_minute=240, also_reading=True)
def suggest(request: SignedIn) -> JsonResponse:
    """As one types: names, with the other name by which the letters found them."""
    words = request.GET.get("q", "")[:_LONGEST]
    found = the_skills().proposed(words, only_given=not people_rules.may_add_skill(request.user))
    return JsonResponse({"skills": [{"name": one.name, "about": ", ".join(one.others[:2])} for one in found]})


@require_POST
@limited("state-skill", per_minute=30)
def state(request: SignedIn) -> HttpResponse:
    """By its id, or by its name; what nearly says the same is proposed before anything enters the list."""
    typed = {"name": request.POST.get("name", "")[:_LONGEST], "word": request.POST.get("word", "")[:_LONGEST]}
    try:
        skill_id = _wanted(request, typed["name"])
        if skill_id is None:
            near = the_skills().near(typed["name"], only_given=not people_rules.may_add_skill(request.user))
            may_add = people_rules.may_add_skill(request.user)
            error = (
                ""
                if may_add or near
                else _("Ce savoir-faire n’est pas dans la liste commune. Choisissez-en un autre.")
            )
            people.skill_name(typed["name"], field="name")
            return _mine(request, typed=typed, near=near, may_add_as_typed=may_add, error=error, status=422)
        held = people.state_skill(person=request.user, skill_id=skill_id, word=typed["word"])
    except ValidationError as refused:
        return _mine(request, typed=typed, error=" ".join(refused.messages), status=422)
    name = the_skills().root_of(held.skill_id).name
    undo = reverse("directory:remove_skill", args=[held.pk])
    tell(request, _("« %(name)s » est sur votre page.") % {"name": name}, undo=undo)
    return redirect("directory:my_skills")


def _wanted(request: SignedIn, name: str) -> int | None:
    """The id of the skill meant; a new one where nothing of the list is near, or the person is sure. None to ask."""
    if "skill" in request.POST:
        return id_in(request.POST["skill"]) or 0
    listed = the_skills()
    known = listed.named(name)
    if known is not None and (known.is_given or people_rules.may_add_skill(request.user)):
        return known.id
    if not people_rules.may_add_skill(request.user):
        return None if known is None else known.id
    if request.POST.get("sure") != "1" and listed.near(name):
        return None
    return people.add_skill(by=request.user, name=name).id


@require_POST
def reword(request: SignedIn, held_id: int) -> HttpResponse:
    held = get_object_or_404(HasSkill, pk=held_id, person=request.user)
    word = request.POST.get("word", "")
    try:
        people.say_in_a_word(person=request.user, held=held, word=word)
    except ValidationError as refused:
        said = {held.pk: word[:_LONGEST]}
        return _mine(request, error=" ".join(refused.messages), typed_words=said, status=422)
    tell(request, _("C’est enregistré."))
    return _to_mine(held.pk)


@require_POST
def move(request: SignedIn, held_id: int) -> HttpResponse:
    """One place up or down among one's own."""
    lines = [line.id for line in skills_of(request.user, reader=request.user, scope=request.user.scope())]
    if held_id not in lines:
        raise Http404
    at = lines.index(held_id)
    to = max(0, at - 1) if request.POST.get("to") == "up" else min(len(lines) - 1, at + 1)
    lines.insert(to, lines.pop(at))
    people.put_in_order(person=request.user, held_ids=lines)
    return _to_mine(held_id)


@require_POST
def remove(request: SignedIn, held_id: int) -> HttpResponse:
    """A second click finds it gone, and that is what was wanted."""
    held = HasSkill.objects.filter(pk=held_id, person=request.user).first()
    skill_id = actions.remove_skill(person=request.user, held=held) if held is not None else None
    if held is not None and skill_id is not None:
        name = the_skills().root_of(skill_id).name
        undo = reverse("directory:put_back_skill", args=[skill_id])
        tell(request, _("« %(name)s » n’est plus sur votre page.") % {"name": name}, undo=undo)
    return redirect("directory:my_skills")


@require_POST
def put_back(request: SignedIn, skill_id: int) -> HttpResponse:
    if actions.put_back_skill(person=request.user, skill_id=skill_id):
        tell(request, _("C’est remis comme avant."))
    return redirect("directory:my_skills")


@require_http_methods(["GET", "POST"])
def evidence(request: SignedIn, held_id: int) -> HttpResponse:
    """The publications that show one skill: a page of those one may choose from, an act for each."""
    held = get_object_or_404(HasSkill, pk=held_id, person=request.user)
    words, error = (request.POST.get("q") or request.GET.get("q", ""))[:120].replace("\0", ""), ""
    if request.method == "POST":
        readable = Contribution.objects.visible_to(request.user.scope())
        contribution = get_object_or_404(readable, pk=id_in(request.POST.get("contribution", "")) or 0)
        act = actions.show_with if request.POST.get("on") == "1" else actions.show_no_longer_with
        try:
            act(person=request.user, held=held, contribution=contribution)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            return redirect(request.path)
    line = skill_line(held=held, reader=request.user)
    context = {
        "line": line,
        "choices": evidence_choices(person=request.user, held=held, words=words),
        "words": words,
        "most": MOST_EVIDENCE,
        "error": error,
    }
    return render(request, "directory/skill_evidence.html", context, status=422 if error else 200)


@require_POST
def be_sought(request: SignedIn) -> HttpResponse:
    on = _is_on(request)
    people.be_sought(person=request.user, on=on)
    said = _("« Qui sait ? » vous propose à nouveau.") if on else _("« Qui sait ? » ne vous propose plus.")
    tell(request, said, undo=f"{reverse('directory:be_sought')}?on={0 if on else 1}")
    return redirect("directory:my_skills")


@require_POST
@limited("confirm-skill", per_minute=60)
def confirm(request: SignedIn, person_id: int, held_id: int) -> HttpResponse:
    """One gesture, taken back the same way. The answer is the line, or the page it stands on."""
    person = get_object_or_404(Person.objects.visible_to(request.user.scope()), pk=person_id)
    held = HasSkill.objects.filter(pk=held_id, person=person).first()
    refusal = ""
    if held is None:
        refusal = _("Ce savoir-faire vient d’être retiré : il n’y a plus rien à confirmer.")
    elif not people_rules.may_confirm(request.user, person):
        raise PermissionDenied
    else:
        try:
            act = people.confirm_skill if _is_on(request) else people.withdraw_confirmation
            act(by=request.user, held=held)
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
    if refusal:
        tell(request, refusal)
    line = skill_line(held=held, reader=request.user) if held is not None else None
    if request.headers.get("HX-Request") == "true":
        # Without a line there is nothing left to show in its place.
        return render(request, "directory/_skill.html", {"line": line}) if line else HttpResponse("")
    return redirect(f"{reverse('directory:person', args=[person.pk])}#savoir-faire")


def _is_on(request: SignedIn) -> bool:
    """The wanted state; « Annuler » of a toast says it in the address."""
    return (request.POST.get("on") or request.GET.get("on") or "1") == "1"


def _to_mine(held_id: int) -> HttpResponse:
    return redirect(f"{reverse('directory:my_skills')}#sk-{held_id}")
