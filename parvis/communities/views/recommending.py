"""A member tells a colleague of a community, with a word."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions, queries, rules
from parvis.communities.forms import sentences
from parvis.communities.views.loading import back, found_or_404, id_or_404, reader_of
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people.models import Person
from parvis.people.ties import out_of_reach_of


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def recommend(request: HttpRequest, slug: str) -> HttpResponse:
    by = reader_of(request)
    head = queries.header(found_or_404(request, slug), by)
    if not rules.may_recommend(by, head.community):
        raise PermissionDenied
    words, word, error = request.POST.get("nom") or request.GET.get("nom", ""), request.POST.get("word", ""), ""
    if request.method == "POST":
        reached = Person.objects.visible_to(by.scope()).active().exclude(out_of_reach_of(by))
        person = get_object_or_404(reached, pk=id_or_404(request.POST.get("person", "")))
        try:
            actions.recommend(by=by, person=person, community=head.community, word=word)
        except ValidationError as refused:
            error = sentences(refused)
        else:
            said = _("C’est dit à %(name)s, une fois. La suite dépend de cette personne.")
            tell(request, said % {"name": person.name})
            return redirect("communities:recommend", slug)
    context = {
        "header": head,
        "here": "members",
        "words": words,
        "word": word,
        "error": error,
        "found": queries.people_to_invite(by=by, community=head.community, words=words, with_guests=False),
    }
    return render(request, "communities/recommend.html", context, status=422 if error else 200)


@require_POST
def put_recommendation_away(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    actions.put_recommendation_away(person=reader_of(request), community=community)
    return back(request, reverse("communities:index"))
