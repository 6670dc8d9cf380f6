"""What stands under a community, and where it stands itself."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.communities import actions, queries, rules
from parvis.communities.forms import sentences
from parvis.communities.models import Community
from parvis.communities.queries import header
from parvis.communities.views.loading import found_or_404, header_for_animators, reader_of
from parvis.kernel.limits import limited
from parvis.kernel.web import tell


@require_GET
def children(request: HttpRequest, slug: str) -> HttpResponse:
    """For all who find the community: those of its children that they find too."""
    return _show(request, slug)


def _show(request: HttpRequest, slug: str, *, error: str = "") -> HttpResponse:
    reader = reader_of(request)
    head = header(found_or_404(request, slug), reader)
    kin = queries.kin_of(head.community, reader, animates=head.standing.may_animate)
    context = {
        "header": head,
        "here": "children",
        "kin": kin,
        "may_found": head.standing.may_animate and rules.may_found(reader),
        "error": error,
    }
    return render(request, "communities/children.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@limited("place", per_minute=30)
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands: looked for by name, then said. `parent` is a slug."""
    head = header_for_animators(request, slug)
    reader, error = reader_of(request), ""
    words = request.POST.get("nom") or request.GET.get("nom", "")
    if request.method == "POST":
        parent = found_or_404(request, request.POST.get("parent", ""))
        try:
            is_done = actions.place_under(by=reader, community=head.community, parent=parent)
        except ValidationError as refused:
            error = sentences(refused)
        else:
            said = _("Elle se trouve maintenant sous « %(name)s ».")
            if not is_done:
                said = _("La proposition est partie : c’est à l’animation de « %(name)s » de dire oui.")
            tell(request, said % {"name": parent.name})
            return redirect("communities:children", head.community.slug)
    context = {
        "header": head,
        "here": "children",
        "words": words,
        "error": error,
        "found": queries.possible_parents(head.community, reader, words),
        "kin": queries.kin_of(head.community, reader, animates=True),
    }
    return render(request, "communities/place.html", context, status=422 if error else 200)


@require_POST
def stand_alone(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    parent = queries.parent_of(community, reader_of(request))
    actions.stand_alone(by=reader_of(request), community=community)
    tell(request, _("« %(name)s » ne se trouve plus sous une autre.") % {"name": community.name})
    back = parent if parent is not None and request.POST.get("from") == "parent" else community
    return redirect("communities:children", back.slug)


@require_POST
def answer_child(request: HttpRequest, slug: str, child_id: int) -> HttpResponse:
    """`accept` is 1 or 0."""
    head = header_for_animators(request, slug)
    reader = reader_of(request)
    child = get_object_or_404(Community.objects.visible_to(reader.scope()), pk=child_id)
    is_accepted = request.POST.get("accept") == "1"
    try:
        is_done = actions.answer_child(by=reader, community=child, parent=head.community, is_accepted=is_accepted)
    except ValidationError as refused:
        return _show(request, slug, error=sentences(refused))
    if not is_done:
        tell(request, _("Il y a déjà été répondu."))
    elif is_accepted:
        tell(request, _("« %(name)s » se lit maintenant ici.") % {"name": child.name})
    else:
        tell(request, _("C’est noté : « %(name)s » reste où elle est.") % {"name": child.name})
    return redirect("communities:children", head.community.slug)
