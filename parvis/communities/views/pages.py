"""Pages one reads: all communities, about one, its members."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parvis.communities import queries, rules
from parvis.communities.cursors import NameCursor
from parvis.communities.forms import WordForm
from parvis.communities.models import Community
from parvis.communities.queries import CommunityHeader, Sought
from parvis.communities.suggesting import suggestions
from parvis.communities.views.loading import found_or_404, reader_of
from parvis.kernel.pagination import Cursor, Page


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything on the first page; a list that goes on has the next pages to itself."""
    reader = reader_of(request)
    sought = Sought.read(
        words=request.GET.get("nom", ""), kind=request.GET.get("genre", ""), archived=request.GET.get("archivees", "")
    )
    after = Cursor.read(request.GET.get("apres"))
    only = request.GET.get("liste", "") if after else ""
    nothing: Page[queries.Card] = Page([], None)
    is_whole = not (only or sought or after or reader.is_seen_by_another)
    context = {
        "sought": sought,
        "suggested": suggestions(reader) if is_whole else [],
        "kinds": Community.Kind.choices,
        "only": only,
        "may_found": rules.may_found(reader),
        "waiting": queries.Waiting() if only or sought or reader.is_seen_by_another else queries.waiting_for(reader),
        "mine": nothing if only == "decouvrir" else queries.mine(reader=reader, sought=sought, after=after),
        "others": (
            nothing
            if only == "miennes" or reader.is_guest
            else queries.to_discover(reader=reader, sought=sought, after=after)
        ),
    }
    return render(request, "communities/index.html", context)


@require_GET
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """For all who find it; how many belong to it, for those who read it."""
    community = found_or_404(request, slug)
    head = queries.header(community, reader_of(request))
    context = {
        "header": head,
        "here": "about",
        "kin": queries.kin_of(community, reader_of(request), animates=False),
        "animators": queries.animators_of(community),
        "joined": queries.merged_here(community, reader_of(request)),
        "readers": queries.readers_of(community) if head.standing.may_read else None,
    }
    return render(request, "communities/about.html", context)


@require_GET
def members(request: HttpRequest, slug: str) -> HttpResponse:
    head = queries.header(found_or_404(request, slug), reader_of(request))
    if not head.standing.may_read:
        raise PermissionDenied
    return show_members(request, head)


def show_members(
    request: HttpRequest,
    head: CommunityHeader,
    *,
    error: str = "",
    answering: tuple[int, WordForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Also what an act on a member shows when it was refused: in its place, with what was typed."""
    words = request.GET.get("nom", "")
    after = NameCursor.read(request.GET.get("apres"))
    animates = head.standing.may_animate and not (words or after)
    context = {
        "header": head,
        "here": "members",
        "words": words,
        "page": queries.members_page(head.community, words=words, after=after),
        "requests": queries.requests_waiting(head.community) if animates else [],
        "sent": queries.invitations_sent(head.community) if animates else [],
        "error": error,
        "answering": answering,
    }
    return render(request, "communities/members.html", context, status=status)
