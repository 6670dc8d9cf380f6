"""Rate limits: how often one person, or one address, may do one act. Held in the cache, shared through Redis.

A sliding window: the count of this window plus the part of the last one that still overlaps it, so that nobody gets
twice the limit at the turn of a minute (the estimate Cloudflare describes for its own limits).
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase  # noqa: TID251  a decorator of views
from django.utils.module_loading import import_string

View = Callable[..., HttpResponseBase]
_READING = {"GET", "HEAD", "OPTIONS"}


def limited(act: str, *, per_minute: int = 0, per_hour: int = 0, also_reading: bool = False) -> Callable[[View], View]:
    """Decorates a view: beyond the limit it answers 429 in words, with Retry-After, and does nothing.

    `act` names the counter: views that share it share the limit. Only requests that write count, unless told.
    """
    windows = [(limit, seconds) for limit, seconds in ((per_minute, 60), (per_hour, 3600)) if limit]

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in _READING and not also_reading:
                return view(request, *args, **kwargs)
            who = _who(request)
            wait = max(seconds_to_wait(act, who, limit=limit, within=seconds) for limit, seconds in windows)
            if not wait:
                return view(request, *args, **kwargs)
            refusal: HttpResponseBase = import_string(settings.TOO_MANY_VIEW)(request)
            refusal["Retry-After"] = str(wait)
            return refusal

        return counted

    return decorate


def seconds_to_wait(act: str, who: str, *, limit: int, within: int) -> int:
    """Counts one try of `act` by `who`, and gives 0 when it is within `limit` tries in `within` seconds.

    Beyond it, the try is not counted, and the answer is after how many whole seconds one more would be let through.
    """
    now = time.time()
    window, elapsed = divmod(now, within)
    key, last = f"limit:{act}:{who}:{within}:{int(window)}", f"limit:{act}:{who}:{within}:{int(window) - 1}"
    before, here = cache.get(last, 0), cache.get(key, 0)
    weight = 1 - elapsed / within
    if before * weight + here < limit:
        if not cache.add(key, 1, timeout=2 * within):
            try:
                cache.incr(key)
            except ValueError:  # the window ended between the two
                cache.set(key, 1, timeout=2 * within)
        return 0
    if here >= limit:
        # This window is full: one waits for the next, where it counts less and less.
        return int(within - elapsed + within * (1 - limit / here)) + 1
    return int(within * (1 - (limit - here) / before) - elapsed) + 1


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: the last address that no proxy of ours added."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    address: str = request.META.get("REMOTE_ADDR", "")
    while hops and address in settings.PARVIS_TRUSTED_PROXIES:
        address = hops.pop()
    return address


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"p{request.user.pk}"
    return f"a{client_address(request).replace(':', '.')}"
