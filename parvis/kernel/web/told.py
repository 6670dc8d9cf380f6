"""Saying what happened, once: a toast with, where the act can be undone, « Annuler »."""

from django.contrib import messages
from django.http import HttpRequest


def tell(request: HttpRequest, text: str, *, undo: str | None = None) -> None:
    """`undo` is the address that a POST undoes the act with. Shown by the next page, or with this htmx answer."""
    messages.success(request, text, extra_tags=undo or "")
