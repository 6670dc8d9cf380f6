"""Ctrl+K: the people, the communities and the commands that answer to a few letters."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from parvis.communities.models import Community
from parvis.directory.queries.knowers import asked_of_people
from parvis.kernel.text import folded
from parvis.people.models import Person
from parvis.shell.context import address
from parvis.shell.found_sql import communities_named, people_named

MOST = 6
# Longer than any name; more is not typed by a person.
LONGEST = 100


@dataclass(frozen=True)
class Command:
    word: Any
    icon: str
    url: str
    key: str = ""


@dataclass(frozen=True)
class Found:
    words: str
    people: list[Person] = field(default_factory=list)
    communities: list[Community] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    # « Qui sait souder l’inox ? » leads to those who know.
    question: Command | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.communities or self.commands or self.question)


# word, other words one might type for it, icon, route, key
_COMMANDS: tuple[tuple[Any, Any, str, str, str], ...] = (
    (_("Publier"), _("écrire nouveau poser question"), "square-pen", "wall:compose", "n"),
    (_("Fonder une communauté"), _("créer nouvelle groupe"), "plus", "communities:found", ""),
    (_("Accueil"), _("fil"), "house", "home:feed", ""),
    (_("Communautés"), _("toutes groupes"), "users-round", "communities:index", ""),
    (_("Qui sait ?"), _("savoir-faire compétence demander aide expert"), "lightbulb", "directory:who_knows", ""),
    (_("Ma page"), _("moi profil"), "user-round", "people:me", ""),
    (_("Ce que je sais faire"), _("savoir-faire compétences"), "hammer", "directory:my_skills", ""),
    (_("Mes contributions"), _("publications lu recommandé profil"), "newspaper", "directory:contributions", ""),
    (_("Réglages"), _("langue thème sombre clair préférences photo"), "settings", "people:settings", ""),
    (_("Mes sessions"), _("appareils sécurité déconnecter"), "monitor-smartphone", "people:sessions", ""),
    (_("Aide"), _("raccourcis où écrire"), "circle-question-mark", "shell:help", "?"),
    (_("Ce que l’entreprise voit"), _("surveillance vie privée"), "eye", "shell:company_view", ""),
    (_("Données personnelles"), _("rgpd export"), "shield", "shell:personal_data", ""),
    (_("Charte"), _("règles"), "scale", "people:charter", ""),
)
_NOT_FOR_GUESTS = frozenset({"communities:found"})


def found(*, words: str, person: Person) -> Found:
    """At most six of each, by name; of people, first those whose name begins so. Two queries when there are words
    (people, communities) beside the scope, two more where nobody is so named; else none."""
    words = " ".join(words[:LONGEST].split())
    commands = _commands(words, is_guest=person.is_guest)
    if not folded(words):
        return Found(words="", commands=commands)
    scope = person.scope()
    return Found(
        words=words,
        people=people_named(words, scope, most=MOST),
        communities=communities_named(words, scope, most=MOST),
        commands=commands,
        question=_question(words),
    )


def _question(words: str) -> Command | None:
    asked = asked_of_people(words)
    if asked is None:
        return None
    said = _("Qui sait : %(words)s") % {"words": asked}
    return Command(said, "lightbulb", f"{address('directory:who_knows')}?{urlencode({'q': asked})}")


def _commands(words: str, *, is_guest: bool) -> list[Command]:
    """Those whose words begin with every word typed."""
    typed = folded(words).split()
    here = []
    for word, others, icon, route, key in _COMMANDS:
        known = folded(f"{word} {others}").replace("'", " ").split()
        if not address(route) or (is_guest and route in _NOT_FOR_GUESTS):
            continue
        if all(any(k.startswith(t) for k in known) for t in typed):
            here.append(Command(word, icon, address(route), key))
    return here[: MOST if typed else len(here)]
