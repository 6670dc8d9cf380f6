"""Jinja2 as Parvis uses it: autoescaped, strict about what is undefined, with the few globals every page needs.

The form token stands as a mark in all that is drawn (kept.py) and is filled in at the end of a page: what was drawn
for somebody may be kept for somebody else, and a token is masked once a page.
"""

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Jinja2, Template
from django.templatetags.static import static
from django.urls import get_urlconf, reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from parvis.kernel.french import of_name
from parvis.kernel.idempotency.once import new_key
from parvis.kernel.web.assets import asset
from parvis.kernel.web.dates import day_in_words, when
from parvis.kernel.web.icons import icon
from parvis.kernel.web.kept import MARKS, TOKEN, a_page, joined
from parvis.kernel.web.tokens import token_of

_offered: dict[str, Callable[..., Any]] = {}


def offer(name: str, drawn_by: Callable[..., Any]) -> None:
    """In `AppConfig.ready`: a module gives its templates, and those above it, a function of its own."""
    _offered[name] = drawn_by


class Pages(Jinja2):
    """Django's Jinja2 backend with the context processors that give the shell."""

    app_dirname = "jinja2"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        options = params["OPTIONS"].copy()
        options.setdefault("context_processors", ["parvis.kernel.web.templating.marks", "parvis.shell.context.layout"])
        params["OPTIONS"] = options
        super().__init__(params)

    def get_template(self, template_name: str) -> "Drawing":  # type: ignore[override]  # see Drawing.render
        return Drawing(super().get_template(template_name).template, self)


class Drawing(Template):
    """A template whose marks are filled in for the request it was drawn for."""

    def render(  # type: ignore[override]  # HttpResponse takes both
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> str | bytes:
        """Bytes for a page with kept pieces, text for all else (a letter, a fragment)."""
        with a_page() as placed:
            html = str(super().render({**MARKS, **(context or {})}, request))
        # A page that is only shown holds no token: whatever it would send is refused, also once it is an old tab.
        is_shown = request is None or getattr(request, "is_only_shown", False)
        token = token_of(request) if request is not None and not is_shown and (placed or TOKEN in html) else ""
        return joined(html, placed, token) if placed else html.replace(TOKEN, token)


def marks(_request: HttpRequest) -> dict[str, Any]:
    """The context processor that puts marks in the place of Django's own tokens."""
    return MARKS


@lru_cache(maxsize=4096)
def _cached_url(urlconf: str | None, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """`reverse`, remembered: it was a third of a feed page."""
    return _cached_url(get_urlconf(), name, args, tuple(sorted(kwargs.items())))


@lru_cache(maxsize=8192)
def _said(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704


@lru_cache(maxsize=8192)
def _said_alone(_language: str | None, message: str) -> Markup:
    return _said(_language, message) % {}


def _gettext(message: str, **values: Any) -> Markup:
    """As Jinja2's own, `%` being `%%`, in 5 calls in place of 46: what a page says is mostly the same for all."""
    return _said(get_language(), message) % values if values else _said_alone(get_language(), message)


class Templates(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary, where Jinja2 chains two: it goes through them name by name at each include and import,
        600 calls a page. Nothing is added to the globals once templates are read."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    options.update(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        auto_reload=settings.DEBUG,
        cache_size=-1,
    )
    env = Templates(**options)  # Django's backend sets autoescape=True
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made: dict[str, Any] = {
        "gettext": _gettext,
        "_": _gettext,
        "url": url,
        "static": static,
        "asset": asset,
        "icon": icon,
        "when": when,
        "day": day_in_words,
        "idempotency_key": new_key,
        "company": settings.PARVIS_COMPANY,
        "language": get_language,
        "of_name": of_name,
    }
    env.globals.update(made | _offered)
    return env


def pages() -> Environment:
    """The one environment of this process."""
    engine = engines["jinja2"]
    assert isinstance(engine, Pages)
    env: Environment = engine.env
    return env
