"""Administrators define what every profile may say besides. For others these pages do not exist."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people import actions, queries
from parvis.people.models import Person, ProfileField
from parvis.people.profile_forms import FieldForm
from parvis.people.signed_in import SignedIn
from parvis.people.views.door import form_page


def _administrator(request: SignedIn) -> Person:
    if not request.user.is_administrator:
        raise Http404
    return request.user


@require_GET
def fields(request: SignedIn) -> HttpResponse:
    _administrator(request)
    context = {"fields": queries.company_fields(), "retired": queries.company_fields(is_retired=True)}
    return render(request, "people/fields.html", context)


@form_page
def add_field(request: SignedIn) -> HttpResponse:
    by = _administrator(request)
    form = FieldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_field(by=by, options=form.options(), **form.cleaned_data)
        except ValidationError as refusal:
            _refused(form, refusal)
        else:
            tell(request, _("Le champ est sur chaque profil."))
            return redirect("people:fields")
    return render(request, "people/field.html", {"form": form, "field": None}, status=422 if form.errors else 200)


@form_page
def field(request: SignedIn, field_id: int) -> HttpResponse:
    by = _administrator(request)
    found = get_object_or_404(ProfileField.objects.prefetch_related("options"), pk=field_id)
    form = FieldForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_field(by=by, field=found, options=form.options(), **form.cleaned_data)
        except ValidationError as refusal:
            _refused(form, refusal)
        else:
            tell(request, _("Le champ est changé. Ce que les personnes ont dit n’a pas bougé."))
            return redirect("people:fields")
    return render(request, "people/field.html", {"form": form, "field": found}, status=422 if form.errors else 200)


@require_POST
def move_field(request: SignedIn, field_id: int) -> HttpResponse:
    by = _administrator(request)
    place = id_in(request.POST.get("place", ""))
    if place is not None:
        _act_told(request, lambda: actions.move_field(by=by, field=_field(field_id), position=place))
    return redirect("people:fields")


@require_POST
def set_field_retired(request: SignedIn, field_id: int) -> HttpResponse:
    by = _administrator(request)
    is_retired = request.POST.get("on") == "1"
    done = _act_told(request, lambda: actions.set_field_retired(by=by, field=_field(field_id), is_retired=is_retired))
    if done:
        tell(
            request,
            _("Le champ est retiré. Ce que les personnes ont dit est gardé, et revient avec lui.")
            if is_retired
            else _("Le champ est revenu, avec ce que les personnes avaient dit."),
        )
    return redirect("people:fields")


def _act_told(request: SignedIn, act: Callable[[], object]) -> bool:
    try:
        act()
    except ValidationError as refusal:
        tell(request, " ".join(refusal.messages))
        return False
    return True


def _field(field_id: int) -> ProfileField:
    return get_object_or_404(ProfileField, pk=field_id)


def _refused(form: FieldForm, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
