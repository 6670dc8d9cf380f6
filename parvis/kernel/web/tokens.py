"""The form token of a page, as Django's own checks read it (tests/shell/test_kept.py), in 10 calls in place of 500.

Django sends the cookie again with every page, so that a year begins anew; a new one comes with each sign-in, which is
asked for every month, so one that is there is left alone.
"""

from os import urandom

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token

_PLACE = {char: n for n, char in enumerate(CSRF_ALLOWED_CHARS)}
_COUNT = len(CSRF_ALLOWED_CHARS)
# Bytes from here on would make the first characters likelier.
_FAIR = 256 - 256 % _COUNT


def token_of(request: HttpRequest) -> str:
    secret = request.META.get("CSRF_COOKIE")
    return get_token(request) if secret is None or len(secret) != CSRF_SECRET_LENGTH else _masked(secret)


def _masked(secret: str) -> str:
    """A mask drawn by lot, then the secret moved by it: the same secret never looks the same twice."""
    mask: list[int] = []
    while len(mask) < CSRF_SECRET_LENGTH:
        mask += [byte % _COUNT for byte in urandom(48) if byte < _FAIR]
    moved = [CSRF_ALLOWED_CHARS[(n + _PLACE[char]) % _COUNT] for n, char in zip(mask, secret, strict=False)]
    return "".join([CSRF_ALLOWED_CHARS[n] for n in mask[:CSRF_SECRET_LENGTH]] + moved)
