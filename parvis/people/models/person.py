"""Who is in the directory, and who has come in by their own act."""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.kernel.audiences.models import AudienceMember
from parvis.kernel.audiences.scope import InScope, Scope, scope_of
from parvis.kernel.text import folded
from parvis.people.faces import hue_of, initials_of
from parvis.people.names import VOCABULARY, typed_words

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


# Has come in and was not suspended; and the others.
HERE = Q(activated_at__isnull=False, suspended_at__isnull=True)
NOT_HERE = Q(activated_at__isnull=True) | Q(suspended_at__isnull=False)
_SHORT = 3


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, scope: Scope) -> "PersonQuerySet":
        """Those who have come in. For a guest: only those who share one of the guest's audiences."""
        here = self.filter(activated_at__isnull=False)
        if not scope.is_guest:
            return here
        shared = AudienceMember.objects.current().filter(InScope("audience_id", scope)).values("person_id")
        return here.filter(Q(pk__in=shared) | Q(pk=scope.person_id))

    def active(self) -> "PersonQuerySet":
        return self.filter(suspended_at__isnull=True)

    def named(self, words: str) -> "PersonQuerySet":
        """Those of whose name each of the words begins a word, in any order; where these people have nobody so named,
        those nearly so named. Asks one query at once (two for typing errors)."""
        typed = typed_words(words)
        if not typed:
            return self
        found = self._with_words([[word] for word in typed])
        if found.exists():
            is_short = all(word.isascii() and len(word) < _SHORT for word in typed)
            return self._with_short_words(typed) if is_short else found
        near = VOCABULARY.near(typed)
        return self._with_words(near) if near != [[word] for word in typed] else self.none()

    def _with_words(self, beginnings: list[list[str]]) -> "PersonQuerySet":
        """Those whose name has, for each of the lists, a word with one of its beginnings."""
        # Here, since its rows are of people.
        from parvis.people.models.names import NameWord

        found = self
        for said in beginnings:
            begins = reduce(or_, (Q(word__begins=beginning) for beginning in said))
            found = found.filter(pk__in=NameWord.objects.filter(begins).values("person_id"))
        return found

    def _with_short_words(self, typed: list[str]) -> "PersonQuerySet":
        """The same, looked up person by person: of a letter or two, the first names of a list are soon found."""
        from parvis.people.models.names import NameWord

        found = self
        for word in typed:
            found = found.filter(Exists(NameWord.objects.filter(person=OuterRef("pk"), word__begins=word)))
        return found

    def bulk_create(self, objs: Iterable["Person"], *args: Any, **kwargs: Any) -> list["Person"]:
        """With the words of their names."""
        from parvis.people.models.names import keep_words

        made = super().bulk_create(objs, *args, **kwargs)
        keep_words([person for person in made if person.pk], are_new=True)
        return made


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def visible_to(self, scope: Scope) -> PersonQuerySet:
        return self.get_queryset().visible_to(scope)

    def active(self) -> PersonQuerySet:
        return self.get_queryset().active()

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(identifier=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody of the directory (or a guest). `activated_at` is their own act; no import sets it."""

    identifier = models.CharField(_("Identifiant"), max_length=64, unique=True)
    mail = models.EmailField(_("Adresse mail"), max_length=254, null=True, blank=True)
    name = models.CharField(_("Nom"), max_length=120)
    # Folded, so that both engines sort and find alike.
    sort_key = models.CharField(max_length=120, editable=False)
    given_name = models.CharField(max_length=80, blank=True)
    title = models.CharField(_("Fonction"), max_length=120, blank=True)
    unit = models.CharField(_("Équipe"), max_length=120, blank=True)
    site = models.CharField(_("Site"), max_length=120, blank=True)
    phone = models.CharField(_("Téléphone"), max_length=40, blank=True)
    about = models.TextField(_("À propos"), blank=True, max_length=2000)
    # How the name is said, in letters anybody reads: « a-mi-na bé-na-li ».
    pronounced = models.CharField(_("Se prononce"), max_length=120, blank=True)
    # When one works, in words: days and hours, shifts, the days elsewhere.
    working_pattern = models.CharField(_("Quand je travaille"), max_length=200, blank=True)
    phone_note = models.CharField(_("Pour m’appeler"), max_length=120, blank=True)
    employee_number = models.CharField(max_length=64, blank=True)
    # Nobody's last visit is kept: the law of the place is that people are not measured.
    last_login = None
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    photo = models.ForeignKey("files.File", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=5, default="fr", choices=[("fr", "Français"), ("en", "English")])
    time_zone = models.CharField(max_length=64, blank=True)
    theme = models.CharField(
        max_length=8, blank=True, choices=[("", _("Comme l’appareil")), ("light", _("Clair")), ("dark", _("Sombre"))]
    )

    is_administrator = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # « Qui sait… ? » proposes everybody who says what they can do, except those who would rather not.
    is_sought = models.BooleanField(default=True)
    # The newcomer's home stays until three acts, 30 days, or « je connais ».
    knows_the_place_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Of this request only: somebody chose « Lire seulement » before the charter (see middleware).
    only_reads = False
    # Of this request only: it is not them who reads, but somebody who sees what they see (communities/seeing_as.py).
    is_seen_by_another = False

    objects = PersonManager()

    USERNAME_FIELD = "identifier"
    EMAIL_FIELD = "mail"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint("mail", condition=Q(mail__isnull=False), name="person_mail_once"),
            models.CheckConstraint(condition=Q(name__length__gte=1), name="person_has_a_name"),
            models.CheckConstraint(
                condition=~Q(is_guest=True, is_administrator=True), name="person_guest_never_administrates"
            ),
            models.CheckConstraint(condition=~Q(manager=F("id")), name="person_not_own_manager"),
        ]
        indexes = [
            # Ctrl+K, mentions and lists of people: by folded name.
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            # The directory's facets, and whoever one of their values leaves: of those who are here.
            models.Index(fields=["site", "id"], condition=HERE, name="person_here_by_site"),
            models.Index(fields=["unit", "id"], condition=HERE, name="person_here_by_unit"),
            models.Index(fields=["title", "id"], condition=HERE, name="person_here_by_title"),
            # Those who are not: few, and left out of what is counted of all.
            models.Index(fields=["id"], condition=NOT_HERE, name="person_not_here"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the folded key and the words true, whoever writes the name; nothing else happens here."""
        self.sort_key = folded(self.name)[:120]
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in cast(Collection[str], fields):
            kwargs["update_fields"] = {*cast(Collection[str], fields), "sort_key"}
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if fields is None or "name" in cast(Collection[str], fields):
            from parvis.people.models.names import keep_words

            keep_words([self], are_new=is_new)

    def get_absolute_url(self) -> str:
        return reverse("directory:person", args=[self.pk])

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's name for "may sign in": a suspension closes every session at its next request."""
        return self.suspended_at is None

    @property
    def called(self) -> str:
        """How others name them: by the given name, or whole where the directory gives none. Nobody is greeted by this:
        a greeting without a given name goes without a name."""
        return self.given_name or self.name

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def hue(self) -> int:
        return hue_of(self.pk)

    def scope(self) -> Scope:
        """The audiences this person has, read once for this object (one object a request): with the session of
        whoever is signed in, else when first asked for."""
        if not hasattr(self, "_scope"):
            self._scope = scope_of(person_id=self.pk, is_guest=self.is_guest)
        return self._scope

    def forget_scope(self) -> None:
        """After an act that changed it within the same request."""
        for remembered in ("_scope", "_places", "_places_said", "_ties", "_ties_said"):
            self.__dict__.pop(remembered, None)
