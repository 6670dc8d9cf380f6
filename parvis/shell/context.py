"""What the layout of every page shows."""

from typing import Any

from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, Any]:
    return {"shell": None, "csp_nonce": getattr(request, "csp_nonce", ""), "reader": request.user}
