"""What somebody might still say on their profile: one thing at a time, put away for good, never counted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.people.models import FieldValue, Person, ProfileField, SpokenLanguage, SuggestionPutAway


@dataclass(frozen=True)
class Suggestion:
    what: str
    words: str
    act: str
    url: str


def suggestion_for(person: Person) -> Suggestion | None:
    """The first that is neither said nor put away; what the company asks of everybody comes first. Three queries."""
    put_away = set(SuggestionPutAway.objects.filter(person=person).values_list("what", flat=True))
    return next((one for one in _missing(person) if one.what not in put_away), None)


def _missing(person: Person) -> Iterator[Suggestion]:
    page = reverse("people:profile")
    speaks = SpokenLanguage.objects.filter(person=person).exists()
    said = FieldValue.objects.filter(person=person, field=OuterRef("pk"))
    asked = ProfileField.objects.filter(
        ~Exists(said), is_required=True, owner=ProfileField.Owner.PERSON, retired_at__isnull=True
    )
    for field in asked.order_by("position", "pk"):
        words = _("Sur chaque profil, l’entreprise demande : %(name)s.") % {"name": field.name}
        yield Suggestion(f"champ:{field.key}", words, _("Répondre"), f"{page}#champ-{field.key}")
    if not person.photo_id:
        yield Suggestion(
            "photo", _("Ajoutez une photo : on se reconnaît mieux."), _("Choisir"), reverse("people:change_photo")
        )
    if not person.about:
        words = _("Dites en deux lignes ce que vous faites et ce qu’on peut vous demander.")
        yield Suggestion("about", words, _("Écrire"), f"{page}#id_about")
    if not speaks:
        words = _("Dites quelles langues vous parlez : quelqu’un cherche peut-être la vôtre.")
        yield Suggestion("languages", words, _("Dire"), f"{page}#langues")
    if not person.working_pattern:
        words = _("Dites quand vous travaillez : on saura quand vous joindre.")
        yield Suggestion("working_pattern", words, _("Dire"), f"{page}#id_working_pattern")
