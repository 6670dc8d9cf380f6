"""What the frame of every page shows: the company, where one is, one's communities, what was just told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from parvis.communities.places import Place, places_of
from parvis.communities.seeing_as import SeeingAs
from parvis.kernel.web.kept import MARKS, Piece, kept, place
from parvis.kernel.web.templating import pages
from parvis.kernel.web.tokens import token_of
from parvis.people.models import Person
from parvis.shell.words import words

PINNED = 7
# In the style sheet a theme goes by its own name; a person chooses light, dark, or what the device says.
_THEMES = {"light": "parvis", "dark": "parvis-nuit"}


@dataclass(frozen=True)
class Entry:
    """A place one can go to from the frame."""

    word: Any
    icon: str
    url: str
    is_here: bool = False
    key: str = ""


@dataclass(frozen=True)
class Told:
    text: str
    undo: str


class Who(NamedTuple):
    """Whose page it is, as far as the frame says it."""

    pk: int
    name: str
    title: str
    initials: str
    hue: int
    photo_id: int | None
    is_administrator: bool


@lru_cache(maxsize=512)
def _address(urlconf: str | None, name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def address(name: str) -> str:
    """Where a place is; empty while the module that owns it does not exist, and then the place is not shown."""
    return _address(get_urlconf(), name)


# The rail never changes order; a section lights up for every page of the namespaces it gathers.
_RAIL: tuple[tuple[Any, str, str, frozenset[str], str], ...] = (
    (_("Accueil"), "house", "home:feed", frozenset({"home"}), "g a"),
    (_("Communautés"), "users-round", "communities:index", frozenset({"communities", "community"}), "g c"),
    (_("Messages"), "messages-square", "messages:index", frozenset({"messages"}), ""),
    (_("Bibliothèque"), "library", "library:index", frozenset({"library", "questions", "documents"}), ""),
    (_("Agenda"), "calendar-days", "agenda:index", frozenset({"agenda"}), ""),
    (_("Annuaire"), "book-user", "directory:index", frozenset({"directory"}), ""),
)
_MINE = (
    (_("Ma page"), "user-round", "people:me", ""),
    (_("Ma présence"), "clock", "people:presence", ""),
    (_("Mes contributions"), "newspaper", "directory:contributions", ""),
    (_("Mes abonnements"), "rss", "directory:subscriptions", ""),
    (_("Réglages"), "settings", "people:settings", ""),
    (_("Mes sessions"), "monitor-smartphone", "people:sessions", ""),
    (_("Mes signalements"), "flag", "moderation:mine", ""),
    (_("Langue et thème"), "languages", "people:settings", "#langue"),
    (_("Ce que l’entreprise voit"), "eye", "shell:company_view", ""),
    (_("Aide"), "circle-question-mark", "shell:help", ""),
)
_LEGAL = (
    (_("Mentions légales"), "shell:legal_notice"),
    (_("Données personnelles"), "shell:personal_data"),
    (_("Charte"), "people:charter"),
    (_("Accessibilité"), "shell:accessibility"),
    (_("Ce que l’entreprise voit"), "shell:company_view"),
)


# Under « Moi » of the phone's bar.
_MY_PAGES = {"people:me", "people:settings", "people:sessions", "people:presence", "directory:subscriptions"} | {
    "directory:contributions",
    "directory:my_skills",
}


# What follows is the same for everybody who reads in one language: said once.


@lru_cache(maxsize=64)
def _rail(_urlconf: str | None, _language: str, section: str) -> list[Entry]:
    return [
        Entry(str(word), icon, address(name), section in namespaces, key)
        for word, icon, name, namespaces, key in _RAIL
        if address(name)
    ]


@lru_cache(maxsize=8)
def _mine(_urlconf: str | None, _language: str) -> list[Entry]:
    return [Entry(str(word), icon, address(name) + part) for word, icon, name, part in _MINE if address(name)]


@lru_cache(maxsize=8)
def _legal(_urlconf: str | None, _language: str) -> list[Entry]:
    return [Entry(str(word), "", address(name)) for word, name in _LEGAL if address(name)]


# Its key is everything it is drawn from: it gets no request, and so nothing of one reader goes to another. `typed`,
# because a text and a piece of HTML may be equal.
@lru_cache(maxsize=1024, typed=True)
def _part(_urlconf: str | None, _language: str, name: str, **values: Any) -> Sequence[Piece]:
    return [kept(pages().get_template(name).render(shell=Shell(None), **MARKS, **values))]


class Shell:
    """Everything is computed when the page asks for it: a fragment pays for nothing."""

    company = settings.PARVIS_COMPANY

    def __init__(self, request: HttpRequest | None) -> None:
        self._request = request

    @cached_property
    def person(self) -> Person | None:
        """The one signed in, or nobody."""
        user = getattr(self._request, "user", None)
        return user if isinstance(user, Person) else None

    @property
    def seeing(self) -> SeeingAs | None:
        """As whom somebody else reads this page, if so: nothing of their own acts is offered."""
        return getattr(self._request, "seeing_as", None)

    @property
    def leaving_token(self) -> str:
        """Of the one form that such a page sends."""
        return token_of(self._request) if self._request is not None else ""

    @property
    def who(self) -> Who | None:
        person = self.person
        if person is None or self.seeing is not None:
            return None
        face = (person.initials, person.hue, person.photo_id)
        return Who(person.pk, person.name, person.title, *face, person.is_administrator)

    @cached_property
    def language(self) -> str:
        return (get_language() or settings.LANGUAGE_CODE)[:2]

    @property
    def other_language(self) -> tuple[str, str]:
        """Code and own name of the language one may change to."""
        return next((code, name) for code, name in settings.LANGUAGES if code != self.language)

    @property
    def theme(self) -> str:
        """The value of `data-theme`; empty follows the device."""
        return _THEMES.get(self.person.theme, "") if self.person else ""

    @property
    def words(self) -> dict[str, str]:
        return words()

    @property
    def nonce(self) -> str:
        return getattr(self._request, "csp_nonce", "")

    @property
    def path(self) -> str:
        return self._request.get_full_path() if self._request else "/"

    @cached_property
    def section(self) -> str:
        """The module of the page one is on; a community's pages are under Communautés whichever module shows them, the
        company's wall is the second tab of Accueil."""
        match = getattr(self._request, "resolver_match", None)
        if match is None:
            return ""
        if "slug" in match.kwargs:
            return "community"
        if match.view_name == "wall:company":
            return "home"
        if match.view_name == "directory:index":
            return "directory"
        if match.view_name in _MY_PAGES:
            return "people"
        return match.namespace or ""

    @property
    def community_slug(self) -> str:
        match = getattr(self._request, "resolver_match", None)
        return match.kwargs.get("slug", "") if match and self.section in {"community", "communities"} else ""

    def rail(self, section: str) -> list[Entry]:
        return _rail(get_urlconf(), self.language, section)

    def part(self, name: str, **values: Any) -> Markup:
        """A part of the frame, drawn once for all whose language and values are the same: it was half of a page."""
        return place(_part(*self._where, name, **values))

    @cached_property
    def _where(self) -> tuple[str | None, str]:
        return get_urlconf(), self.language

    @property
    def in_my_page(self) -> bool:
        match = getattr(self._request, "resolver_match", None)
        return bool(match and match.view_name in _MY_PAGES)

    @property
    def mine(self) -> list[Entry]:
        return _mine(get_urlconf(), self.language)

    @property
    def legal(self) -> list[Entry]:
        return _legal(get_urlconf(), self.language)

    @property
    def pinned(self) -> tuple[Place, ...]:
        """My pinned communities by name, at most seven. Read with the session; none for nobody."""
        if self.person is None:
            return ()
        pinned = (mine.place for mine in places_of(self.person) if mine.is_pinned)
        return tuple(islice(pinned, PINNED))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What the last acts said; reading it empties it."""
        if self._request is None:
            return ()
        waiting = messages.get_messages(self._request)
        # Going through an empty box would still answer with an empty cookie.
        return tuple(Told(str(m), m.extra_tags or "") for m in waiting) if len(waiting) else ()

    @property
    def to(self) -> Callable[[str], str]:
        return address


def layout(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every template."""
    return {
        "shell": Shell(request),
        "reader": getattr(request, "user", None),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
