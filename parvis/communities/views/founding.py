"""Founding a community: its birth contract, its preparation, its opening."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions, queries, rules
from parvis.communities.forms import FoundForm, add_errors, sentences
from parvis.communities.models import Community
from parvis.communities.queries import CommunityHeader
from parvis.communities.views.loading import header_for_animators, id_or_404, reader_of
from parvis.communities.words import presets
from parvis.kernel.french import of_name
from parvis.kernel.idempotency.once import once
from parvis.kernel.limits import limited
from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people.models import Person


@require_http_methods(["GET", "POST"])
@limited("found", per_hour=30)
def found(request: HttpRequest) -> HttpResponse:
    person = reader_of(request)
    if not rules.may_found(person):
        raise PermissionDenied
    if request.method == "GET":
        review_on = actions.in_months(timezone.localdate(), actions.REVIEW_AFTER_MONTHS)
        return _form(
            request, FoundForm(initial={"access": Community.Access.OPEN, "way_in": "", "review_on": review_on})
        )

    form = FoundForm(request.POST)
    candidates = _candidates(request, form)
    if not form.is_valid():
        return _form(request, form, candidates, status=422)
    given = dict(form.cleaned_data)
    given.pop("second")
    try:
        community_id, is_new = once(
            act="found",
            person_id=person.pk,
            key=request.POST.get("key"),
            create=lambda: _found_and_ask(person, candidates[0] if candidates else None, given),
        )
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, candidates, status=422)
    community = Community.objects.get(pk=community_id)
    if is_new:
        _place_under(request, community)
        tell(request, _("La communauté se prépare : vous seuls la voyez encore. Elle ouvre quand vous êtes deux."))
    return redirect(community)


def _place_under(request: HttpRequest, community: Community) -> None:
    """Founded from another's page of sub-communities: under it, where one animates both."""
    person = reader_of(request)
    parent = Community.objects.visible_to(person.scope()).filter(slug=request.POST.get("sous", "")).first()
    if parent is not None and rules.may_animate(person, parent):
        try:
            actions.place_under(by=person, community=community, parent=parent)
        except ValidationError as error:
            tell(request, " ".join(error.messages))


def _found_and_ask(person: Person, second: Person | None, given: dict[str, object]) -> int:
    community = actions.found(person=person, **given)  # type: ignore[arg-type]
    if second is not None:
        actions.ask_second_animator(by=person, person=second, community=community)
    return community.pk


def _candidates(request: HttpRequest, form: FoundForm) -> list[Person]:
    """Who was meant: the one that was chosen, or all whose name answers, one of whom is then to be chosen."""
    words = request.POST.get("second", "").strip()
    found = queries.colleagues_named(words, by=reader_of(request))
    chosen = id_in(request.POST.get("second_id", ""))
    meant = [person for person in found if person.pk == chosen] or found
    if words and not meant:
        form.add_error("second", _("Personne ne répond à ce nom. Essayez le début du nom ou du prénom."))
    elif len(meant) > 1:
        form.add_error("second", _("Plusieurs personnes répondent à ce nom : choisissez ci-dessous."))
    return meant


def _form(
    request: HttpRequest, form: FoundForm, candidates: list[Person] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "presets": presets(with_secret=rules.may_be(Community.Access.SECRET)),
        "key": request.POST.get("key", ""),
        "candidates": candidates if candidates and len(candidates) > 1 else [],
        "second_id": request.POST.get("second_id", ""),
        # The address of the community it is founded under, if any.
        "under": request.POST.get("sous") or request.GET.get("sous", ""),
    }
    return render(request, "communities/found.html", context, status=status)


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """What is still wanted to open. POST asks a colleague (`person`), or takes the question back (`on=0`)."""
    head = header_for_animators(request, slug)
    if not head.community.is_in_preparation:
        return redirect(head.community)
    if request.method == "GET":
        return _preparation(request, head)
    person = get_object_or_404(
        Person.objects.visible_to(reader_of(request).scope()).active(), pk=id_or_404(request.POST.get("person", ""))
    )
    if request.POST.get("on") == "0":
        actions.withdraw_invitation_to_animate(by=reader_of(request), person=person, community=head.community)
        tell(request, _("L’invitation %(of_name)s est retirée.") % {"of_name": of_name(person.name)})
        return redirect("communities:prepare", slug)
    try:
        actions.ask_second_animator(by=reader_of(request), person=person, community=head.community)
    except ValidationError as error:
        return _preparation(request, head, error=sentences(error), status=422)
    tell(request, _("C’est demandé à %(name)s, qui accepte ou non.") % {"name": person.name})
    return redirect("communities:prepare", slug)


@require_POST
def open_community(request: HttpRequest, slug: str) -> HttpResponse:
    head = header_for_animators(request, slug)
    try:
        community = actions.open_community(by=reader_of(request), community=head.community)
    except ValidationError as error:
        return _preparation(request, head, error=sentences(error), status=422)
    tell(request, _("« %(name)s » est ouverte.") % {"name": community.name})
    return redirect(community)


def _preparation(request: HttpRequest, head: CommunityHeader, *, error: str = "", status: int = 200) -> HttpResponse:
    words = request.POST.get("nom") or request.GET.get("nom", "")
    by = reader_of(request)
    context = {
        "header": head,
        "here": "prepare",
        "contract": queries.preparation(head.community),
        "missing": rules.missing_to_open(head.community),
        "words": words,
        "error": error,
        "found": queries.people_to_invite(by=by, community=head.community, words=words, with_guests=False),
    }
    return render(request, "communities/prepare.html", context, status=status)
