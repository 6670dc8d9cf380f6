"""One's own profile: what one says, who reads each part; and what one puts away."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.kernel.web import tell
from parvis.people import actions, queries
from parvis.people.models import Person
from parvis.people.profile_forms import ProfileForm
from parvis.people.signed_in import SignedIn
from parvis.people.views.door import form_page


@form_page
def profile(request: SignedIn) -> HttpResponse:
    form = _form(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.get(pk=request.user.pk)
        try:
            actions.change_profile(person=person, **form.said())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            tell(request, _("Votre profil est enregistré."))
            return redirect("directory:person", person.pk)
    person = request.user
    manager = Person.objects.visible_to(person.scope()).filter(pk=person.manager_id or 0).first()
    context = {"form": form, "person": person, "manager": manager}
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)


@require_POST
def put_suggestion_away(request: SignedIn) -> HttpResponse:
    actions.put_suggestion_away(person=request.user, what=request.POST.get("what", "").replace("\0", ""))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("people:me"))


def _form(request: SignedIn, typed: QueryDict | None = None) -> ProfileForm:
    """On a copy of the person: a form that fails must not change the reader of this very page."""
    person = Person.objects.get(pk=request.user.pk)
    return ProfileForm(typed, instance=person, own=queries.own_profile(person))
