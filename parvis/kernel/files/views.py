"""Sending a stored file, as what it is and never as a page of ours."""

from django.http import Http404, HttpResponseBase

from parvis.kernel.files import shelf
from parvis.kernel.files.models import Blob, File
from parvis.kernel.files.queries import thumbnail_of
from parvis.kernel.files.sniffing import SHOWN_INLINE
from parvis.kernel.serve.sendfile import file_response

# Not even if somebody opens it in a window of its own: no script, no form, no origin.
_CSP = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
_A_YEAR = 365 * 24 * 3600


def send(file: File, *, as_download: bool = False, side: int = 0, for_ever: bool = False) -> HttpResponseBase:
    """The answer that sends a file its reader may see (the caller has checked).

    `side`: of a picture, the size to send (see `thumbnail_of`). `for_ever`: its address changes with its content.
    Raises Http404 when the bytes are gone.
    """
    blob = thumbnail_of(file, side) if side else file.blob
    return send_blob(blob, name=file.name, as_download=as_download, for_ever=for_ever)


def send_blob(blob: Blob, *, name: str, as_download: bool = False, for_ever: bool = False) -> HttpResponseBase:
    is_shown = blob.media_type in SHOWN_INLINE
    try:
        content = shelf.source(blob.sha256)
    except FileNotFoundError:
        raise Http404 from None
    media_type = blob.media_type if is_shown or not _can_act(blob.media_type) else "application/octet-stream"
    answer = file_response(
        content,
        media_type=f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        filename=name,
        inline=is_shown and not as_download,
        etag=blob.sha256,
    )
    answer["Content-Security-Policy"] = _CSP
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"private, max-age={_A_YEAR}, immutable" if for_ever else "private, no-cache"
    return answer


def _can_act(media_type: str) -> bool:
    return media_type in {"text/html", "text/xml", "image/svg+xml", "application/xhtml+xml"}
