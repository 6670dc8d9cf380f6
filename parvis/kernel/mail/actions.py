"""Posting a letter: a job of the lane "mail", in the caller's transaction."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from parvis.kernel.jobs.actions import enqueue
from parvis.kernel.mail import jobs, letters


def post(
    *, to: str | None, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None, key: str = ""
) -> None:
    """Sends one letter to one address after the commit, and again later if the server says so.

    Somebody without an address gets none. `html` is made from the text when empty. A letter is posted once a `key`.
    """
    if not to:
        return
    enqueue(
        jobs.send,
        key=key and f"mail:{key}",
        to=to,
        subject=" ".join(subject.split()),
        text=text,
        html=html or letters.html_of(text),
        headers=dict(headers or {}),
        # Made here, so that a letter sent twice by a crash is one letter for the mail program.
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.PARVIS_URL).hostname}>",
    )


@dataclass(frozen=True)
class Written:
    """A letter that is ready to be posted: writing one takes a few ms, which need not be in a transaction."""

    to: str
    letter: letters.Letter
    key: str


def write_letter(*, to: str | None, letter: str, language: str, key: str = "", **context: Any) -> Written | None:
    """The template `letter` ("people/mail/invitation") in the reader's language; None for somebody without an address.

    `<letter>.txt` says the subject on its first line, then the text; `<letter>.html` is optional.
    """
    return Written(to, letters.write(letter, language=language, context=context), key) if to else None


def post_written(written: Written | None) -> None:
    if written is not None:
        letter = written.letter
        post(to=written.to, subject=letter.subject, text=letter.text, html=letter.html, key=written.key)


def post_letter(*, to: str | None, letter: str, language: str, key: str = "", **context: Any) -> None:
    """Writes and posts at once."""
    post_written(write_letter(to=to, letter=letter, language=language, key=key, **context))
