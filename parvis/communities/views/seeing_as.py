"""« Voir comme Driss »: going in, and coming out."""

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from parvis.communities.seeing_as import KEPT_AS, may_see_as, said_of
from parvis.communities.views.loading import found_or_404, reader_of
from parvis.people.models import Person

_log = structlog.get_logger()


@require_POST
def see_as(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """Opens the community as this guest sees it."""
    community, viewer = found_or_404(request, slug), reader_of(request)
    here = Person.objects.visible_to(viewer.scope()).filter(memberships__community=community, is_guest=True)
    guest = get_object_or_404(here, pk=person_id)
    if not may_see_as(viewer, guest, community):
        raise PermissionDenied
    request.session[KEPT_AS] = said_of(viewer, guest, community)
    _log.info("seeing_as_started", viewer=viewer.pk, guest=guest.pk, community=community.pk)
    return redirect(community)


@require_POST
def see_as_myself(request: HttpRequest) -> HttpResponse:
    """Again as oneself; also when the time was over."""
    request.session.pop(KEPT_AS, None)
    seeing = getattr(request, "seeing_as", None)
    if seeing is None:
        return redirect("home:feed")
    _log.info("seeing_as_ended", viewer=seeing.viewer.pk, guest=seeing.guest.pk, community=seeing.community.pk)
    return redirect("communities:members", seeing.community.slug)
