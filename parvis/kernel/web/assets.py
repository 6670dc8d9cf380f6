"""Addresses of the built front end."""

from markupsafe import Markup


def asset(entry: str) -> Markup:
    return Markup("")
