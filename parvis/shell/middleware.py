"""Refusals of the kernel, said in words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from parvis.kernel.refusals import TooOften
from parvis.shell import errors


def say_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if not isinstance(trouble, TooOften):
            return None
        response = errors.too_many(request)
        response["Retry-After"] = str(trouble.wait)
        return response

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
