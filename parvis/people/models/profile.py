"""What a profile says beyond the directory: fields that the company defines, each with its owner and its readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.people.models.person import Person


@dataclass(frozen=True)
class Onlooker:
    """Whoever reads a profile, as far as its readers are concerned."""

    is_self: bool = False
    is_guest: bool = False
    shares_a_community: bool = False


class Readers(models.TextChoices):
    """Who may see one thing of a profile, from the widest to the narrowest. Whoever may not see the person sees none
    of it."""

    EVERYBODY = "everybody", _("Toutes les personnes qui me voient, invités compris")
    COLLEAGUES = "colleagues", _("Les personnes de l’entreprise")
    COMMUNITIES = "communities", _("Les membres de mes communautés")
    NOBODY = "nobody", _("Moi seulement")

    @property
    def of_each(self) -> str:
        """As an administrator reads it, who decides for others."""
        words = {
            Readers.EVERYBODY: _("Toutes les personnes qui la voient, invités compris"),
            Readers.COLLEAGUES: _("Les personnes de l’entreprise"),
            Readers.COMMUNITIES: _("Les membres de ses communautés"),
            Readers.NOBODY: _("La personne seulement"),
        }
        return str(words[self])

    @property
    def narrowness(self) -> int:
        return list(Readers).index(self)

    def let(self, onlooker: Onlooker) -> bool:
        """Whether somebody who sees the person reads what has these readers. Administering opens nothing."""
        if onlooker.is_self or self is Readers.EVERYBODY:
            return True
        if onlooker.is_guest or self is Readers.NOBODY:
            return False
        return self is Readers.COLLEAGUES or onlooker.shares_a_community

    @classmethod
    def narrower(cls, one: str, other: str) -> "Readers":
        return max(cls(one), cls(other), key=lambda readers: readers.narrowness)

    @classmethod
    def between(cls, widest: str, narrowest: str) -> "Sequence[Readers]":
        return list(cls)[cls(widest).narrowness : cls(narrowest).narrowness + 1]


# What every profile has and whose readers one chooses, with those it has until then.
BUILTINS: dict[str, Readers] = {
    "mail": Readers.COLLEAGUES,
    "phone": Readers.COLLEAGUES,
    "about": Readers.EVERYBODY,
    "working_pattern": Readers.EVERYBODY,
}


class ProfileField(models.Model):
    """One thing a profile may say. Renaming it changes no value; `key` is for imports and never changes."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Texte")
        DATE = "date", _("Date")
        LINK = "link", _("Lien")
        CHOICE = "choice", _("Un choix")
        CHOICES = "choices", _("Plusieurs choix")

    class Owner(models.TextChoices):
        PERSON = "person", _("La personne")
        DIRECTORY = "directory", _("L’annuaire de l’entreprise")

    key = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Text and links may hold several values, one a row.
    has_several = models.BooleanField(default=False)
    name_fr = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    help_fr = models.CharField(max_length=200, blank=True)
    help_en = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=9, choices=Owner.choices, default=Owner.PERSON)
    is_required = models.BooleanField(default=False)
    # What the company allows, from widest to narrowest; `readers` is what holds until the person says otherwise.
    widest = models.CharField(max_length=11, choices=Readers.choices, default=Readers.COLLEAGUES)
    narrowest = models.CharField(max_length=11, choices=Readers.choices, default=Readers.NOBODY)
    readers = models.CharField(max_length=11, choices=Readers.choices, default=Readers.COLLEAGUES)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    # No longer shown nor asked; what was said stays its person's own and goes with their data.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(name_fr__length__gte=1, name_en__length__gte=1), name="profile_field_has_names"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def first_readers(self) -> str:
        """Who reads it until a person says otherwise, in an administrator's words."""
        return Readers.narrower(self.readers, self.widest).of_each

    @property
    def is_of_choices(self) -> bool:
        return self.kind in (self.Kind.CHOICE, self.Kind.CHOICES)

    @property
    def is_the_directorys(self) -> bool:
        return self.owner == self.Owner.DIRECTORY

    def readers_said(self, said: str | None) -> Readers:
        """Who reads it on the profile of somebody who said `said` (None: nothing). A rule that changes afterwards may
        narrow what somebody chose, and never widens it."""
        return Readers.narrower(said or self.readers, self.widest)

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "fr").startswith("en") else self.name_fr

    @property
    def help(self) -> str:
        return self.help_en if (get_language() or "fr").startswith("en") else self.help_fr


class FieldOption(models.Model):
    """One answer of a field of choices. A row of its own, so that renaming it renames it for all who chose it."""

    field = models.ForeignKey(ProfileField, on_delete=models.CASCADE, related_name="options")
    name_fr = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    # Not offered any more; who chose it keeps it.
    retired_at = models.DateTimeField(null=True)

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "fr").startswith("en") else self.name_fr


class FieldValue(models.Model):
    """What one person's profile says in one field: as many rows as there are values."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="field_values")
    field = models.ForeignKey(ProfileField, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=500, blank=True)
    date = models.DateField(null=True)
    option = models.ForeignKey(FieldOption, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            # Also the index behind a profile.
            models.UniqueConstraint(fields=["person", "field", "position"], name="field_value_once_a_place"),
            models.UniqueConstraint(
                fields=["person", "field", "option"], condition=Q(option__isnull=False), name="field_option_once"
            ),
        ]


class FieldReaders(models.Model):
    """Who may see one thing of one's profile, where the person said so: a company's field, or one every profile has
    (`builtin`: "mail", "phone", "about"…)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="field_readers")
    field = models.ForeignKey(ProfileField, null=True, on_delete=models.CASCADE, related_name="+")
    builtin = models.CharField(max_length=20, blank=True)
    readers = models.CharField(max_length=11, choices=Readers.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"], condition=Q(field__isnull=False), name="field_readers_once"
            ),
            models.UniqueConstraint(fields=["person", "builtin"], condition=~Q(builtin=""), name="readers_once"),
            models.CheckConstraint(
                condition=Q(field__isnull=False, builtin="") | Q(field__isnull=True) & ~Q(builtin=""),
                name="field_readers_of_one_thing",
            ),
        ]


class SpokenLanguage(models.Model):
    """A language somebody speaks at work, as a BCP 47 primary subtag ("fr", "ar"), in the order they said."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spoken_languages")
    code = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="spoken_language_once")]
        indexes = [
            # The directory's facet.
            models.Index(fields=["code", "person"], name="spoken_language_facet"),
        ]


class SuggestionPutAway(models.Model):
    """Somebody does not want to be asked again to say this on their profile."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suggestions_put_away")
    # A word of `parvis.people.suggestions`, or the key of a field.
    what = models.CharField(max_length=46)
    put_away_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "what"], name="suggestion_put_away_once")]
