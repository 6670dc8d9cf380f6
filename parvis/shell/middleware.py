"""Refusals of the kernel and of the disk, said in words."""

import errno
import logging
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from parvis.kernel.refusals import TooOften
from parvis.shell import errors
from parvis.shell.typed import typed_in

_log = logging.getLogger("parvis.disk")


def say_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, TooOften):
            response = errors.too_many(request)
            response["Retry-After"] = str(trouble.wait)
            return response
        if _is_for_want_of_room(trouble):
            _log.error("no room on the disk: %s", trouble)
            return errors.no_room(request)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def give_back_at_the_door(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Before the door is shown to who is not signed in any more: the text that was being sent. On a page that lives it
    is still in its form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable[..., HttpResponse], *_given: Any) -> HttpResponse | None:
        is_let_in = request.user.is_authenticated or not getattr(view, "login_required", True)
        if is_let_in or request.headers.get("HX-Request") == "true" or not typed_in(request):
            return None
        return errors.signed_out(request)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _is_for_want_of_room(trouble: Exception) -> bool:
    """SQLite says that the disk is full, or only that it could not write; PostgreSQL says what the system says."""
    if isinstance(trouble, OperationalError):
        return any(words in str(trouble) for words in ("disk is full", "disk I/O error", "No space left on device"))
    return isinstance(trouble, OSError) and trouble.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
