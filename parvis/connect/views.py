"""HTTP of the directory: its sources for administrators, its groups for those who animate a community."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.communities.models import Community
from parvis.communities.queries import header
from parvis.communities.rules import may_animate
from parvis.connect import actions, queries, rules
from parvis.connect.models import Group
from parvis.kernel.web import tell
from parvis.people.signed_in import SignedIn


def _animated(request: SignedIn, slug: str) -> Community:
    community = get_object_or_404(Community.objects.visible_to(request.user.scope()), slug=slug)
    if not may_animate(request.user, community):
        raise Http404
    return community


@require_safe
def community_groups(request: SignedIn, slug: str) -> HttpResponse:
    community = _animated(request, slug)
    context = {
        "community": community,
        "header": header(community, request.user),
        "groups": queries.groups_for(request.user, community),
    }
    return render(request, "connect/community_groups.html", context)


@require_POST
def link_group(request: SignedIn, slug: str, group_id: int) -> HttpResponse:
    community = _animated(request, slug)
    group = get_object_or_404(Group.objects.select_related("source"), pk=group_id)
    if not rules.may_see(request.user, group):
        raise Http404
    actions.link_group(by=request.user, group=group, community=community)
    tell(request, _("Les personnes de ce groupe peuvent entrer, et chacune est invitée une fois."))
    return redirect("connect:community_groups", slug)


@require_safe
def directory(request: SignedIn) -> HttpResponse:
    """For administrators: where people come from. For others it does not exist."""
    if not request.user.is_administrator:
        raise Http404
    return render(request, "connect/directory.html", {"sources": queries.sources()})
