"""How every view gets its community and its reader: what one may not find does not exist."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from parvis.communities.models import Community
from parvis.communities.queries import CommunityHeader, header
from parvis.people.models import Person


def reader_of(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def found_or_404(request: HttpRequest, slug: str) -> Community:
    community = Community.objects.visible_to(reader_of(request).scope()).filter(slug=slug).first()
    if community is None:
        raise Http404
    return community


def id_or_404(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def header_for_animators(request: HttpRequest, slug: str) -> CommunityHeader:
    head = header(found_or_404(request, slug), reader_of(request))
    if not head.standing.may_animate:
        raise PermissionDenied
    return head


def is_on(request: HttpRequest) -> bool:
    """The wanted state; « Annuler » of a toast says it in the address."""
    return (request.POST.get("on") or request.GET.get("on") or "1") == "1"


def back(request: HttpRequest, default: str) -> HttpResponse:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if is_ours else default)
