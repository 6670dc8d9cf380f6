"""For administrators: the communities that nobody animates, and whom to offer them to. Nothing of what they hold."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.communities import actions, queries, rules
from parvis.communities.forms import sentences
from parvis.communities.models import Community
from parvis.communities.views.loading import id_or_404, reader_of
from parvis.kernel.french import of_name
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people.models import Person


def _administrator(request: HttpRequest) -> Person:
    person = reader_of(request)
    if not person.is_administrator:
        raise Http404
    return person


@require_GET
def unanimated(request: HttpRequest) -> HttpResponse:
    _administrator(request)
    return render(request, "communities/unanimated.html", {"found": queries.unanimated()})


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    by = _administrator(request)
    community = get_object_or_404(Community, slug=slug)
    if not rules.may_offer_animation(by, community):
        # Private, or taken up in the meantime.
        raise Http404
    error = ""
    words = request.POST.get("nom") or request.GET.get("nom", "")
    if request.method == "POST":
        person = get_object_or_404(Person.objects.active(), pk=id_or_404(request.POST.get("person", "")))
        try:
            actions.offer_animation(by=by, person=person, community=community)
        except ValidationError as refused:
            error = sentences(refused)
        else:
            said = _("L’invitation %(of_name)s est partie. C’est à cette personne d’entrer.")
            tell(request, said % {"of_name": of_name(person.name)})
            return redirect("communities:unanimated")
    context = {
        "community": community,
        "words": words,
        "error": error,
        "found": queries.people_to_invite(by=by, community=community, words=words, with_guests=False),
    }
    return render(request, "communities/offer.html", context, status=422 if error else 200)
