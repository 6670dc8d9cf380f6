"""Logs: one JSON object a line on the error output, readable lines on a terminal. No query string, no name, no text.

Each request has an id that its lines carry, taken from a proxy's `X-Request-ID` or made here.
"""

import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.types import EventDict, Processor

_A_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
_LIBRARIES = {"django.request": "ERROR", "django.security": "WARNING", "httpx": "WARNING", "httpcore": "WARNING"}
_access = logging.getLogger("parvis.access")


def logging_from(level: str, form: str = "") -> dict[str, Any]:
    """The LOGGING of the settings. `form`: "json", "text", or "" for text on a terminal and JSON elsewhere."""
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_addresses,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *first,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    is_text = form == "text" or (not form and sys.stderr.isatty())
    last: Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if is_text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": Lines,
                "line_as": last,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    last,
                ],
                "foreign_pre_chain": first,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers (mails to administrators, its server's lines) have no place here.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            **{name: {"level": least} for name, least in _LIBRARIES.items()},
        },
    }


def request_id(given: str | None) -> str:
    """The proxy's id of a request if it looks like one, or a new one."""
    return given if given and _A_REQUEST_ID.match(given) else secrets.token_hex(8)


def current_request_id() -> str:
    """The id of the request being answered, "" outside one: an error page shows it, and the log is found by it."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def access_line(*, method: str, route: str, status: int, seconds: float, request_id: str) -> None:
    """One line a request: the route's name, never its address, which may tell who reads whom."""
    level = logging.ERROR if status >= 500 else logging.INFO
    if not _access.isEnabledFor(level):
        return
    line = {
        "event": "request",
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "request_id": request_id,
        "level": logging.getLevelName(level).lower(),
        "logger": _access.name,
        "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
    }
    record = logging.LogRecord(_access.name, level, "", 0, "request", None, None)
    record.line = line
    _access.handle(record)  # `log` would go through the stack for a place in the code that no line says


class Lines(structlog.stdlib.ProcessorFormatter):
    """Renders the access line as it is: the chain of processors took 50 µs of each page for the same text."""

    def __init__(self, *, line_as: Processor, **more: Any) -> None:
        super().__init__(**more)
        self._line_as = line_as

    def format(self, record: logging.LogRecord) -> str:
        line: EventDict | None = getattr(record, "line", None)
        return super().format(record) if line is None else str(self._line_as(None, "", dict(line)))


def _without_addresses(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """Django's errors name the path of the request: the traceback says enough, and the request id finds the rest."""
    record = event.get("_record")
    if record is not None and record.name == "django.request":
        event["event"] = str(record.msg).partition("%s")[0].rstrip(": ") or "request failed"
        event["status"] = getattr(record, "status_code", None)
    return event
