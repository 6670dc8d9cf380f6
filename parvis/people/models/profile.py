"""What a profile says beyond the directory: fields that the company defines, each with its owner and its readers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from parvis.people.models.person import Person


class Readers(models.TextChoices):
    """Who may see one thing of a profile, from the widest to the narrowest. Whoever may not see the person sees none
    of it."""

    EVERYBODY = "everybody", _("Toutes les personnes qui me voient, invités compris")
    COLLEAGUES = "colleagues", _("Les personnes de l’entreprise")
    COMMUNITIES = "communities", _("Les membres de mes communautés")
    NOBODY = "nobody", _("Moi seulement")


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

    def __str__(self) -> str:
        return self.key

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
