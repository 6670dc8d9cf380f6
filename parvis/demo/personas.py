"""The people one may enter as, in a demo company only."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  the sign-in page asks with its request
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.demo.models import DemoCompany
from parvis.people.models import Person, PersonQuerySet
from parvis.people.sign_in import Offer

PERSONAS: dict[str, Promise] = {
    "amina.benali": _("Ingénieure procédés"),
    "bruno.le-goff": _("Chaudronnier de nuit"),
    "chloe.marchetti": _("Anime deux communautés"),
    "ines.rousseau": _("Première semaine"),
    "driss.el-amrani": _("Invité de l’extérieur"),
    "salome.dewaele": _("Commerciale en route"),
    "helene.carpentier": _("Ressources humaines"),
    "marc.vandamme": _("Directeur des ventes"),
    "karim.haddad": _("Administrateur"),
}


def persona(identifier: str) -> Person | None:
    """Somebody one may enter as. None unless the setting, the mark of the database and the person all say demo."""
    if not is_open() or identifier not in PERSONAS:
        return None
    return _people().filter(identifier=identifier).first()


def is_open() -> bool:
    return bool(settings.PARVIS_DEMO) and DemoCompany.objects.exists()


def offered(request: HttpRequest) -> Iterable[Offer]:
    """For the sign-in page: « entrer comme… »."""
    if not is_open():
        return []
    found = {person.identifier: person for person in _people().select_related("photo")}
    return [
        Offer(label=found[name].name, note=str(note), person=found[name], url=reverse("demo:enter", args=[name]))
        for name, note in PERSONAS.items()
        if name in found
    ]


def _people() -> PersonQuerySet:
    return Person.objects.active().filter(identifier__in=PERSONAS, is_demo=True, activated_at__isnull=False)
