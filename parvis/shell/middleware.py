"""Refusals of the kernel and of the disk, said in words."""

import errno
import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from parvis.kernel.refusals import TooOften
from parvis.shell import errors

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


def _is_for_want_of_room(trouble: Exception) -> bool:
    """SQLite says that the disk is full, or only that it could not write; PostgreSQL says what the system says."""
    if isinstance(trouble, OperationalError):
        return any(words in str(trouble) for words in ("disk is full", "disk I/O error", "No space left on device"))
    return isinstance(trouble, OSError) and trouble.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
