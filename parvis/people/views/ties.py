"""How I stand towards somebody: follow, not read, block. Each POST says the wanted state and can be undone."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.kernel.web.back import back
from parvis.people import actions, rules
from parvis.people.models import Person
from parvis.people.ties import stands


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _other(request: HttpRequest, person_id: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(_me(request).scope()), pk=person_id)


def _is_on(request: HttpRequest) -> bool:
    """The wanted state; « Annuler » of a toast says it in the address."""
    return (request.POST.get("on") or request.GET.get("on") or "1") == "1"


@require_safe
def ties(request: HttpRequest, person_id: int) -> HttpResponse:
    """What each of the three does, and does not do, with its button."""
    person = _other(request, person_id)
    if not rules.may_keep_away(_me(request), person):
        raise Http404
    context = {
        "person": person,
        "stands": stands(_me(request), person),
        "may_follow": rules.may_follow(_me(request), person) and person.is_active,
    }
    return render(request, "people/ties.html", context)


@require_POST
@limited("ties", per_minute=60)
def follow(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _other(request, person_id)
    if _is_on(request):
        try:
            actions.follow_person(person=_me(request), followed=person)
        except ValidationError as refusal:
            tell(request, " ".join(refusal.messages))
            return back(request, person.get_absolute_url())
        said = _("Vous suivez %(name)s : ses publications viennent dans votre fil, là où vous lisez aussi.")
    else:
        actions.unfollow_person(person=_me(request), followed=person)
        said = _("Vous ne suivez plus %(name)s.")
    return _said(request, "people:follow", person, said)


@require_POST
@limited("ties", per_minute=60)
def mute(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _other(request, person_id)
    if _is_on(request):
        actions.mute(person=_me(request), muted=person)
        said = _("Vous ne lisez plus %(name)s dans votre fil. Personne n’en est averti.")
    else:
        actions.unmute(person=_me(request), muted=person)
        said = _("Vous lisez de nouveau %(name)s.")
    return _said(request, "people:mute", person, said)


@require_POST
@limited("ties", per_minute=60)
def block(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _other(request, person_id)
    if _is_on(request):
        actions.block(person=_me(request), blocked=person)
        said = _("%(name)s ne peut plus vous joindre ici. Personne n’en est averti.")
    else:
        actions.unblock(person=_me(request), blocked=person)
        said = _("%(name)s peut de nouveau vous joindre.")
    return _said(request, "people:block", person, said)


def _said(request: HttpRequest, route: str, person: Person, said: str) -> HttpResponse:
    opposite = f"{reverse(route, args=[person.pk])}?on={0 if _is_on(request) else 1}"
    tell(request, said % {"name": person.name}, undo=opposite)
    return back(request, person.get_absolute_url())
