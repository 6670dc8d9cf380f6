"""Requests speak the reader's language and time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def speak_the_readers_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
