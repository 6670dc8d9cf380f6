"""One's own pages: what is mine, settings, photo, password, sessions."""

from allauth.account.signals import password_changed
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people import actions, passwords, queries
from parvis.people.forms import ChangePasswordForm, PhotoForm, SettingsForm
from parvis.people.models import Person
from parvis.people.presence import own_presence
from parvis.people.views.door import form_page


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """The phone's « Moi »: everything that is mine, one touch away."""
    return render(request, "people/me.html", {"person": _me(request), "said": own_presence(_me(request).pk)})


@form_page
def settings(request: HttpRequest) -> HttpResponse:
    form = _settings_form(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.change_own_settings(person=_me(request), **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            tell(request, _("Vos réglages sont enregistrés."))
        return redirect("people:settings")
    return render(request, "people/settings.html", {"form": form}, status=422 if form.errors else 200)


def _settings_form(request: HttpRequest, typed: QueryDict | None = None) -> SettingsForm:
    """On a copy of the person: a form that fails must not change the reader of this very page."""
    return SettingsForm(typed, instance=Person.objects.get(pk=_me(request).pk), label_suffix="")


@form_page
@limited("photo", per_minute=6)
def change_photo(request: HttpRequest) -> HttpResponse:
    """Framed on the page where scripts run; cut to its middle elsewhere."""
    if request.method != "POST":
        return render(request, "people/photo.html", {"form": PhotoForm(label_suffix="")})
    form = PhotoForm(request.POST, request.FILES, label_suffix="")
    if form.is_valid():
        upload = form.cleaned_data["photo"]
        try:
            actions.change_photo(person=_me(request), content=upload, name=upload.name, square=form.square())
        except ValidationError as refusal:
            form.add_error("photo", refusal)
        else:
            tell(request, _("Votre photo est en place."))
            return redirect("people:profile")
    return render(request, "people/photo.html", {"form": form}, status=422)


@require_POST
def remove_photo(request: HttpRequest) -> HttpResponse:
    actions.remove_photo(person=_me(request))
    tell(request, _("Votre photo est retirée."))
    return redirect("people:profile")


@form_page
@limited("password", per_minute=10)
@sensitive_post_parameters("present", "password")
def change_password(request: HttpRequest) -> HttpResponse:
    """Ends the other sessions; this one goes on."""
    person = _me(request)
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, person=person, label_suffix="")
    strength = None
    if request.method == "POST" and form.is_valid():
        try:
            key = request.session.session_key
            actions.change_password(person=person, password=form.cleaned_data["password"], session_key=key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            strength = passwords.strength_of(form.cleaned_data["password"], passwords.known_of(person))
        else:
            # This session goes on under a new key, which allauth notes in the list.
            update_session_auth_hash(request, person)
            password_changed.send(sender=Person, request=request, user=person)
            tell(request, _("Votre mot de passe est changé. Vos autres sessions sont fermées."))
            return redirect("people:settings")
    context = {"form": form, "strength": strength, "min_bits": passwords.MIN_BITS, "advice": passwords.advice()}
    return render(request, "people/change_password.html", context, status=422 if form.errors else 200)


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    lines = queries.sessions_of(_me(request), current_key=request.session.session_key)
    return render(request, "people/sessions.html", {"sessions": lines})


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    actions.end_session(person=_me(request), session_id=session_id)
    tell(request, _("Cette session est fermée."))
    return redirect("people:sessions")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    actions.sign_out_everywhere(person=_me(request), except_key=request.session.session_key)
    tell(request, _("Vos autres sessions sont fermées."))
    return redirect("people:sessions")
