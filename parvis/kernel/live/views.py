"""Where a proxy forbids WebSockets, the page asks every so often what it would have been told."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from parvis.kernel.live.rights import granted_to
from parvis.kernel.live.topics import MOST_TOPICS


@login_not_required
@require_GET
def versions(request: HttpRequest) -> JsonResponse:
    """`?t=a:3,c:12` → `{"a:3": 17}`: what is missing is lost. 401 where the hub would close with 4401."""
    asked = list(dict.fromkeys(request.GET.get("t", "").split(",")))
    if not request.user.is_authenticated:
        return _never_kept(JsonResponse({}, status=401))
    if len(asked) > MOST_TOPICS:
        return _never_kept(JsonResponse({}, status=400))
    return _never_kept(JsonResponse(granted_to(request.user, asked)))


def _never_kept(response: JsonResponse) -> JsonResponse:
    response["Cache-Control"] = "private, no-store"
    return response
