"""« Qui sait… ? »: of the whole network, and of one community."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.communities import queries as communities
from parvis.communities.models import Community
from parvis.communities.toolbox import is_on
from parvis.directory import rules
from parvis.directory.queries.knowers import LONGEST, Knower, who_knows
from parvis.people.signed_in import SignedIn

# Communities in which an unanswered question is proposed; and people of a side column.
_PLACES, _ASIDE = 3, 3


@require_GET
def index(request: SignedIn) -> HttpResponse:
    words = _words(request)
    found = who_knows(words=words, reader=request.user)
    joined = communities.joined_by(request.user) if words else []
    context = {
        **_answer(found),
        "words": words,
        "asks": True,
        "ask_in": joined[:_PLACES],
        "examples": [_("souder l’inox"), _("lire un plan"), _("animer une réunion"), _("parler anglais")],
        "may_see_the_skills": rules.may_see_the_skills(request.user),
    }
    return render(request, "directory/who_knows.html", context)


@require_GET
def here(request: SignedIn, slug: str) -> HttpResponse:
    """A page with a question; for htmx, the side column."""
    community = Community.objects.visible_to(request.user.scope()).filter(slug=slug).first()
    if community is None or not is_on(community, "knows"):
        raise Http404
    words = _words(request)
    if request.headers.get("HX-Request") == "true":
        found = who_knows(words="", reader=request.user, community=community, most=_ASIDE)
        return render(request, "directory/_know.html", {**_answer(found), "community": community})
    found = who_knows(words=words, reader=request.user, community=community)
    context = {
        **_answer(found),
        "header": communities.header(community, request.user),
        "here": "who_knows",
        "words": words,
        "asks": False,
        "ask_in": [],
    }
    return render(request, "directory/who_knows_here.html", context)


def _words(request: SignedIn) -> str:
    return " ".join(request.GET.get("q", "")[:LONGEST].replace("\0", "").split())


def _answer(found: list[Knower]) -> dict[str, Any]:
    return {"exact": [one for one in found if one.is_exact], "near": [one for one in found if not one.is_exact]}
