"""What machines ask (probes, Prometheus) is answered whatever name they call this host by, often its bare address.

The rule on names protects what pages say of themselves; these three addresses say nothing of the kind.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

ADDRESSES = frozenset({"/healthz", "/readyz", "/metrics"})


def answer_machines(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in ADDRESSES:
            request.resolver_match = match = resolve(request.path_info)
            try:
                response: HttpResponse = match.func(request)
            except Http404:
                return get_response(request)  # nothing here for them: said by the usual page
            return response
        return get_response(request)

    return middleware
