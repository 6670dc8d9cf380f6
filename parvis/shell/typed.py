"""What somebody had typed in a form that was refused as a whole: the page of the refusal gives it back."""

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

_UNREADABLE = (RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError)
# One word in another field is a choice, a number, a key; a secret is none of our business, however many words it has.
_ALWAYS = {"text", "title", "word"}
_NEVER = ("password", "login", "code", "csrf", "key", "next")


def typed_in(request: HttpRequest) -> list[str]:
    """The texts of the fields, in their order. None of a form that another site may have sent."""
    if request.method != "POST" or not _is_our_own(request):
        return []
    try:
        given = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except _UNREADABLE:
        return []
    return [
        text.strip()
        for name, text in given
        if text.strip()
        and not any(part in name for part in _NEVER)
        and (name in _ALWAYS or len(text.split()) > 1)
        and not text.isdecimal()
    ]


def _is_our_own(request: HttpRequest) -> bool:
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(came_from).netloc == request.get_host()
