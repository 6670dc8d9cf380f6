"""While somebody sees the network as a guest does: another reader, fewer pages, and nothing is written."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from parvis.communities.seeing_as import KEPT_AS, LEAVE, PAGES, seeing_as, why_nothing_is_done
from parvis.people.models import Person

_READING = {"GET", "HEAD"}


def see_as(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Costs nothing to everybody else: the session was read already."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.session.get(KEPT_AS)
        if said and isinstance(request.user, Person):
            seeing = seeing_as(said, request.user)
            if seeing is not None:
                request.seeing_as = seeing  # type: ignore[attr-defined]
                request.is_only_shown = True  # type: ignore[attr-defined]
                request.user = seeing.guest
        return get_response(request)

    def process_view(request: HttpRequest, _view: Any, _args: Any, given: dict[str, Any]) -> None:
        seeing = getattr(request, "seeing_as", None)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if seeing is None or (name == LEAVE and request.method == "POST"):
            return
        if request.method not in _READING:
            raise PermissionDenied(why_nothing_is_done(seeing))
        if name not in PAGES:
            raise Http404
        if given.get("person_id") == seeing.guest.pk and name != "people:photo":
            raise PermissionDenied(_("Ce qu’une personne lit de sa propre page n’appartient qu’à elle."))

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
