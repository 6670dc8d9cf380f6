"""Puts the visit's panel on the pages of a demo company, above what every module drew by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from parvis.demo.personas import is_open
from parvis.demo.visit import PARAMETER, STOPS, address

_END = b"</body>"


def guide(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Only where config/settings.py adds it, which it does for PARVIS_DEMO; asks again like every door of the demo."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        number = _stop_asked(request)
        is_door = request.path == reverse("account_login") and PARAMETER not in request.GET
        if (not number and not is_door) or not _is_a_page(request, response) or not is_open():
            return response
        before, end, after = response.content.rpartition(_END)
        if end:
            panel = _panel(request, number) if number else _offer(request)
            response.content = before + panel.encode() + end + after
        return response

    return middleware


def _stop_asked(request: HttpRequest) -> int:
    """From 1; 0 for none."""
    asked = request.GET.get(PARAMETER, "")
    return int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(STOPS) else 0


def _is_a_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        not response.streaming
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and request.headers.get("HX-Request") != "true"
    )


def _offer(request: HttpRequest) -> str:
    """The sign-in page, unasked: one link."""
    return render_to_string("demo/_offer.html", {"first": address(1)}, request=request)


def _panel(request: HttpRequest, number: int) -> str:
    is_last = number == len(STOPS)
    following = None if is_last else STOPS[number]
    return render_to_string(
        "demo/_visit.html",
        {
            "number": number,
            "total": len(STOPS),
            "stop": STOPS[number - 1],
            "next_page": "" if is_last else address(number + 1),
            "enter": reverse("demo:enter", args=[following.enter_as]) if following and following.enter_as else "",
            "leave": _without_visit(request),
        },
        request=request,
    )


def _without_visit(request: HttpRequest) -> str:
    kept = QueryDict(mutable=True)
    kept.update(request.GET)
    kept[PARAMETER] = "0"
    return f"{request.path}?{kept.urlencode()}"
