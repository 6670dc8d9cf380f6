"""A view says which file to send, and whoever is in front sends it, so that a slow download never holds a thread."""

import contextvars
import os
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.http import FileResponse, HttpResponse, HttpResponseBase  # noqa: TID251 - this is what views call
from django.utils.http import content_disposition_header

# Between a view and the door of `parvis serve`; never crosses the port in either direction.
HEADER = "X-Parvis-File"
door_sends_files: contextvars.ContextVar[bool] = contextvars.ContextVar("door_sends_files", default=False)


def file_response(
    source: "str | os.PathLike[str] | File[bytes]",
    *,
    media_type: str,
    filename: str,
    inline: bool = False,
    etag: str = "",
) -> HttpResponseBase:
    """The answer that sends a file the reader may see (the view has checked).

    `source` is a path or a stored file; `etag` a name of the content, its hash for instance (by default the time and
    size of the file). Behind `parvis serve` the port streams it, with ranges; behind nginx (PARVIS_ACCEL, the
    internal location that maps to the data folder) nginx does; anywhere else, and for files in S3, Django does.
    """
    path = _path_of(source)
    response: HttpResponseBase
    if path is not None and door_sends_files.get():
        response = HttpResponse(content_type=media_type)
        response[HEADER] = quote(str(path))
    elif path is not None and settings.PARVIS_ACCEL and path.is_relative_to(settings.PARVIS_DATA):
        response = HttpResponse(content_type=media_type)
        response["X-Accel-Redirect"] = f"{settings.PARVIS_ACCEL}{quote(str(path.relative_to(settings.PARVIS_DATA)))}"
    else:
        file = source if isinstance(source, File) else open(path or source, "rb")  # noqa: SIM115 - Django closes it
        response = FileResponse(file, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, filename) or "attachment"
    if etag:
        response["ETag"] = f'"{etag}"'
    return response


def _path_of(source: "str | os.PathLike[str] | File[bytes]") -> Path | None:
    """None for a file that is not on this machine's disk."""
    if not isinstance(source, File):
        return Path(source)
    try:
        return Path(source.path)  # type: ignore[attr-defined]
    except (AttributeError, NotImplementedError):
        return None
