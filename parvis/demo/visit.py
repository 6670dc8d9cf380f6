"""« Visite en 3 minutes »: eight stops, each a page, what to look at there, and one sentence. At most eight clicks."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.communities.models import Community
from parvis.contributions.models import Contribution

# The query parameter that carries the number of the stop, from 1.
PARAMETER = "visite"
_WELDING = "Soudage et inox"
# What the visit stops at: Bruno's, of this morning.
_LEARNT = "Une soudure qui ressort grise"


@dataclass(frozen=True)
class Stop:
    """`shows`: a selector of what the sentence speaks of, framed on the page. `enter_as`: who one is from here on."""

    page: Callable[[], str]
    shows: str
    title: Promise
    sentence: Promise
    enter_as: str = ""


def _welding() -> str:
    slug = Community.objects.filter(name=_WELDING).values_list("slug", flat=True).first()
    return reverse("wall:community", args=[slug]) if slug else reverse("communities:index")


def _something_learnt() -> str:
    audience = Community.objects.filter(name=_WELDING).values("audience")
    found = Contribution.objects.publications().filter(audience__in=audience, title__startswith=_LEARNT)
    pk = found.filter(deleted_at__isnull=True).newest_first().values_list("pk", flat=True).first()
    return reverse("contributions:contribution", args=[pk]) if pk else _welding()


def _who_can_weld() -> str:
    asked = _("souder l’inox")
    return f"{reverse('directory:who_knows')}?{urlencode({'q': asked})}"


STOPS: tuple[Stop, ...] = (
    Stop(
        page=lambda: reverse("account_login"),
        shows=".demo li:first-child",
        title=_("On entre de soi-même"),
        sentence=_(
            "Être dans l’annuaire n’inscrit nulle part : chacun entre par son propre geste, avec un mail, "
            "une invitation ou un code sur papier. Entrez comme Amina, ingénieure."
        ),
    ),
    Stop(
        page=lambda: reverse("home:feed"),
        shows="main article:first-of-type",
        title=_("Son fil, dans l’ordre"),
        sentence=_(
            "Ce dont elle est membre et ce qu’elle suit, le plus récent d’abord. "
            "Rien n’est classé, rien n’est poussé, et personne n’est compté."
        ),
        enter_as="amina.benali",
    ),
    Stop(
        page=_welding,
        shows=".hero .hero-n",
        title=_("Une communauté a une raison d’être"),
        sentence=_(
            "À quoi elle sert, sa règle, qui accueille, qui lit. On peut la lire et la suivre sans la rejoindre ; "
            "rejoindre est un autre geste."
        ),
    ),
    Stop(
        page=_something_learnt,
        shows="main article:first-of-type",
        title=_("Ce qui a raté, raconté sans reproche"),
        sentence=_(
            "Bruno soude de nuit et n’a pas de boîte mail. Il a écrit depuis son téléphone ; "
            "l’équipe, le bureau d’études et un apprenti ont répondu."
        ),
    ),
    Stop(
        page=_who_can_weld,
        shows=".knowers",
        title=_("Qui sait souder l’inox ?"),
        sentence=_(
            "Des personnes, et pourquoi chacune : ce qu’elle dit savoir faire, qui l’a vu, ce qui le montre. "
            "D’abord qui se dit disponible, puis chacun son tour : jamais un classement."
        ),
    ),
    Stop(
        page=lambda: reverse("shell:company_view"),
        shows="main h1",
        title=_("Ce que l’entreprise voit est écrit"),
        sentence=_(
            "Une page que chacun peut ouvrir dit ce qui est visible, par qui, et ce qui ne le sera jamais. "
            "Voyons maintenant par les yeux d’un invité."
        ),
    ),
    Stop(
        page=lambda: reverse("communities:index"),
        shows="main li.place",
        title=_("Pour un invité, le reste n’existe pas"),
        sentence=_(
            "Driss vient d’un organisme de contrôle. Il est invité dans une seule communauté : "
            "les autres ne sont ni ici, ni dans la recherche, ni dans les mentions."
        ),
        enter_as="driss.el-amrani",
    ),
    Stop(
        page=lambda: reverse("home:feed"),
        shows="main h1",
        title=_("La première semaine d’Inès"),
        sentence=_(
            "Pour qui arrive : une personne qui accueille, trois communautés à regarder, et le droit de seulement "
            "lire. La charte ne sera demandée qu’à son premier geste. La visite finit ici, la place est à vous."
        ),
        enter_as="ines.rousseau",
    ),
)


def address(number: int) -> str:
    """The page of a stop, with the visit on it."""
    page = STOPS[number - 1].page()
    return f"{page}{'&' if '?' in page else '?'}{PARAMETER}={number}"
