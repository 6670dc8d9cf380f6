"""How often one may act. Counts what is sent (POST), by person or by address, in the shared cache."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache

from parvis.kernel.refusals import TooOften


def limited(act: str, *, per_minute: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view that refuses the rest of the minute with TooOften (429, Retry-After) once the count is reached.

    Two windows of a minute weighted by their overlap (a sliding window from two counters).
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                who = request.user.pk if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
                wait = take(f"{act}:{who}", per_minute=per_minute)
                if wait:
                    raise TooOften(wait)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def take(key: str, *, per_minute: int, now: float | None = None) -> int:
    """Counts one act. Gives 0, or the seconds to wait when there were too many."""
    now = time.time() if now is None else now
    window, elapsed = divmod(now, 60)
    here, before = f"limit:{key}:{int(window)}", f"limit:{key}:{int(window) - 1}"
    weighted = (cache.get(before) or 0) * (1 - elapsed / 60) + (cache.get(here) or 0)
    if weighted >= per_minute:
        return max(1, int(60 - elapsed))
    cache.add(here, 0, timeout=130)
    cache.incr(here)
    return 0
