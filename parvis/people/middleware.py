"""Around every request: the reader's language and time zone, the charter before the first act, the age of sessions."""

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import get_user
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header

from parvis.people import actions
from parvis.people.charter import CHARTER_VERSION
from parvis.people.models import Person
from parvis.people.rules import CharterNeeded
from parvis.people.sessions import person_behind
from parvis.people.zones import zone_named

Answer = Callable[[HttpRequest], HttpResponse]

# Fields of a form that are the form's own business, never what somebody typed.
_OURS = {"csrfmiddlewaretoken", "accept_charter", "only_reading"}
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# A session's age is written once an hour at most, together with the others of this process, by somebody's POST.
_SEEN_EVERY = 3600
_SEEN_WRITTEN_EVERY = 300
_seen: dict[str, float] = {}
_seen_lock = threading.Lock()
_seen_written = 0.0


def speak_the_readers_language(get_response: Answer) -> Answer:
    """The person's own choice; for others the cookie of the switch, then what the browser asks for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Bare: every look at a lazy one costs four calls.
        request.user = person_behind(request.session) or get_user(request)  # type: ignore[arg-type]
        person = request.user if isinstance(request.user, Person) else None
        language = person.language if person else language_asked_by(request)
        zone = zone_named(person.time_zone) if person else None
        with translation.override(language), timezone.override(zone) if zone else nullcontext():
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def language_asked_by(request: HttpRequest) -> str:
    """Of somebody not signed in: the switch's cookie, the browser's first language that we speak, the company's."""
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    asked += [code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    for code in asked:
        if code[:2] in dict(settings.LANGUAGES):
            return code[:2]
    return settings.PARVIS_LANGUAGE


def ask_the_charter(get_response: Answer) -> Answer:
    """Asks at the first act, not at the door, and loses nothing that was typed.

    A view that meets CharterNeeded is answered by a page (or, for htmx, a dialog) whose form sends all that was typed
    to the same address again, with `accept_charter`; that is noted here and the view runs as if nothing had been.
    With `only_reading` the view shows its own form again, with what was typed in it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_view: Any) -> None:
        """Not before: here the form's token was looked at, so that no other site agrees in somebody's place."""
        if request.method == "POST" and request.content_type in _FORMS and isinstance(request.user, Person):
            if request.POST.get("accept_charter") == CHARTER_VERSION:
                actions.accept_charter(person=request.user, language=translation.get_language() or "fr")
            elif "only_reading" in request.POST:
                request.user.only_reads = True

    def process_exception(request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, CharterNeeded):
            return _ask(request)
        if isinstance(trouble, ValidationError) and getattr(request.user, "only_reads", False):
            messages.info(request, " ".join(trouble.messages))
            return HttpResponseRedirect(_back(request))
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _ask(request: HttpRequest) -> HttpResponse:
    if request.content_type not in _FORMS and request.method == "POST":
        return JsonResponse({"needs": "charter"}, status=403)

    typed = [(name, text) for name, texts in request.POST.lists() if name not in _OURS for text in texts]
    context: dict[str, Any] = {
        "version": CHARTER_VERSION,
        "address": request.get_full_path(),
        "typed": typed,
        "files": [file.name for _, files in request.FILES.lists() for file in files],
        "is_form": request.method == "POST",
        "back": _back(request),
        "is_dialog": request.headers.get("HX-Request") == "true",
    }
    if context["is_dialog"]:
        answer = render(request, "people/_charter_dialog.html", context)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog-place", "innerHTML"
        return answer
    return render(request, "people/charter_needed.html", context, status=403)


def _back(request: HttpRequest) -> str:
    """The page one came from, when it is one of ours."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if came_from and is_ours else "/"


def remember_last_seen(get_response: Answer) -> Answer:
    """When each session was last used, to the hour, for its owner's list of sessions and nobody else.

    Kept in memory by GETs, which never write; written in one go by the next POST of anybody.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(request.user, Person) and (key := request.session.session_key):
            with _seen_lock:
                _seen[key] = time.time() // _SEEN_EVERY * _SEEN_EVERY
        if request.method == "POST":
            _write_what_was_seen()
        return response

    return middleware


def _write_what_was_seen() -> None:
    global _seen_written
    now = time.monotonic()
    with _seen_lock:
        if not _seen or now - _seen_written < _SEEN_WRITTEN_EVERY:
            return
        _seen_written = now
        seen = dict(_seen)
        _seen.clear()
    actions.keep_last_seen(seen=seen)
