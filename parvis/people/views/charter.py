"""The charter, which everybody may read and nobody must accept to read the rest."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from parvis.kernel.web import tell
from parvis.people import actions, rules
from parvis.people.charter import CHARTER_VERSION, charter_html
from parvis.people.models import Person


@require_GET
@login_not_required
def charter(request: HttpRequest) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    accepted = person.charter_acceptances.filter(version=CHARTER_VERSION).first() if person else None
    context = {
        "text": Markup(charter_html(get_language() or "fr")),  # noqa: S704  our own file, through our sanitiser
        "version": CHARTER_VERSION,
        "person": person,
        "accepted": accepted,
        "next": request.GET.get("next", ""),
    }
    return render(request, "people/charter.html", context)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """From the charter's own page; at the first act, the middleware does it with what was typed."""
    assert isinstance(request.user, Person)
    if request.POST.get("accept_charter") == CHARTER_VERSION and not rules.has_agreed(request.user):
        actions.accept_charter(person=request.user, language=get_language() or "fr")
    if rules.has_agreed(request.user):
        tell(request, _("C’est noté\u00a0: vous avez accepté la charte."))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if back and is_ours else "/charte/")
