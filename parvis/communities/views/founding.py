"""Founding a community."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.communities import actions, rules
from parvis.communities.forms import CommunityForm, add_errors
from parvis.communities.models import Community
from parvis.communities.views.loading import reader_of
from parvis.communities.words import PRESETS
from parvis.kernel.idempotency.once import once
from parvis.kernel.limits import limited
from parvis.kernel.web import tell


@require_http_methods(["GET", "POST"])
@limited("found", per_hour=30)
def found(request: HttpRequest) -> HttpResponse:
    person = reader_of(request)
    if not rules.may_found(person):
        raise PermissionDenied
    if request.method == "GET":
        return _form(request, CommunityForm(initial={"access": Community.Access.OPEN}))

    form = CommunityForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        community_id, is_new = once(
            act="found",
            person_id=person.pk,
            key=request.POST.get("key"),
            create=lambda: actions.found(person=person, **form.cleaned_data).pk,
        )
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, status=422)
    if is_new:
        tell(request, _("La communauté est fondée. Écrivez-y le premier mot."))
    return redirect(Community.objects.get(pk=community_id))


def _form(request: HttpRequest, form: CommunityForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "presets": PRESETS, "key": request.POST.get("key", "")}
    return render(request, "communities/found.html", context, status=status)
