"""What surrounds every request: an access line, security headers, refusals in words, toasts for htmx."""

import json
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from parvis.kernel import logs, metrics

Answer = Callable[[HttpRequest], HttpResponse]

_CSP = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; style-src-attr "
    "'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' {live}; media-src 'self' blob:; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
}


def access_log(get_response: Answer) -> Answer:
    """Counts and logs each request under the name of its route, with an id that all its log lines carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request_id = logs.request_id(request.META.get("HTTP_X_REQUEST_ID"))  # `headers` would copy them all
        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = get_response(request)
            seconds = time.perf_counter() - began
            match = request.resolver_match
            route = (match.view_name if match else "") or "unknown"
            method = request.method or ""
            status = response.status_code
            logs.access_line(method=method, route=route, status=status, seconds=seconds, request_id=request_id)
            metrics.request_answered(route=route, status=status, seconds=seconds)
            response["X-Request-ID"] = request_id
            return response
        finally:
            structlog.contextvars.reset_contextvars(**bound)

    return middleware


def security_headers(get_response: Answer) -> Answer:
    """A strict content policy with a nonce a request, and the other headers a browser obeys."""
    live = settings.PARVIS_URL.replace("http", "ws", 1)
    secure = settings.IS_SECURE

    def middleware(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = nonce = secrets.token_urlsafe(12)  # type: ignore[attr-defined]
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.setdefault(name, value)
        if response.get("Content-Type", "").startswith("text/html"):
            response.setdefault("Content-Security-Policy", _CSP.format(nonce=nonce, live=live))
            response.setdefault("Cache-Control", "private, no-store")
        if secure:
            response.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response

    return middleware


def tell_htmx(get_response: Answer) -> Answer:
    """Moves what was told into the htmx answer's trigger, so that a fragment can say it too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_fragment = request.META.get("HTTP_HX_REQUEST") == "true" and "HX-Redirect" not in response
        if is_fragment and response.status_code < 300:
            told = [{"text": str(m), "undo": m.extra_tags or None} for m in messages.get_messages(request)]
            if told:
                response["HX-Trigger"] = json.dumps({"told": told[-1]})
        return response

    return middleware
