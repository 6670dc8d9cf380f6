"""The community itself: what it is for, who reads it, where it is in its life."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import InScope, Scope
from parvis.kernel.text import folded

# What leaves no trace for those outside.
HIDDEN = ("private", "secret")


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, scope: Scope) -> "CommunityQuerySet":
        """Those whose contributions one may read, those that let themselves be found, and those one is invited to."""
        person_id = scope.person_id or 0
        # Here, since they refer to communities themselves.
        from parvis.communities.models.entering import Invitation
        from parvis.communities.models.groups import GroupRight

        invited = Invitation.objects.pending().filter(person_id=person_id).values("community_id")
        known = Q(InScope("audience_id", scope)) | Q(pk__in=invited)
        if scope.is_guest:
            return self.filter(known)
        entitled = GroupRight.objects.filter(person_id=person_id).exclude(
            gate__community__removals__person_id=person_id
        )
        findable = ~Q(access__in=HIDDEN) & Q(opened_at__isnull=False)
        return self.filter(known | findable | Q(pk__in=entitled.values("gate__community_id")))

    def readable_by(self, scope: Scope) -> "CommunityQuerySet":
        return self.filter(InScope("audience_id", scope))

    def named(self, words: str) -> "CommunityQuerySet":
        """Those whose folded name has, for each word, a word that starts so (also after « d’ » or a hyphen)."""
        found = self
        for word in folded(words).split()[:5]:
            starts = Q(sort_key__startswith=word)
            for before in " '-":
                starts |= Q(sort_key__contains=f"{before}{word}")
            found = found.filter(starts)
        return found


class Community(models.Model):
    class Kind(models.TextChoices):
        TRADE = "trade", _("Métier")
        INTEREST = "interest", _("Intérêt")
        PROJECT = "project", _("Projet")
        CROSS_COMPANY = "cross_company", _("Transverse")
        PILOT = "pilot", _("Pilote")
        SITE = "site", _("Site")

    class Access(models.TextChoices):
        """Who reads, and who knows that it exists. docs/glossary.md fixes them."""

        OPEN = "open", _("Ouverte")
        ON_REQUEST = "on_request", _("Sur demande")
        PRIVATE = "private", _("Privée")
        # As the company's policy allows: besides, it is in no figure, and no group opens it.
        SECRET = "secret", _("Secrète")

    class WayIn(models.TextChoices):
        """How one comes in; each access allows some of them (rules.py)."""

        FREE = "free", _("Libre")
        ON_REQUEST = "on_request", _("Sur demande")
        INVITATION = "invitation", _("Sur invitation")

    class Talk(models.TextChoices):
        """The same contributions, shown by their date or by their last exchange."""

        FEED = "feed", _("Fil")
        FORUM = "forum", _("Forum")

    audience = models.OneToOneField(Audience, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(_("Nom"), max_length=90)
    # Folding lengthens some letters (œ, ﷺ), so this is wider than the name.
    sort_key = models.CharField(max_length=180, editable=False)
    purpose = models.CharField(_("À quoi elle sert"), max_length=280)
    rules = models.CharField(_("La règle de la maison"), max_length=280, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    access = models.CharField(max_length=16, choices=Access.choices)
    icon = models.CharField(max_length=32, default="users")
    hue = models.PositiveSmallIntegerField(default=60)
    founded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    founded_at = models.DateTimeField(default=timezone.now)
    way_in = models.CharField(max_length=16, choices=WayIn.choices, default=WayIn.FREE)
    # Membership is never inherited: the parent is where it is listed, and nothing else.
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")

    # Its life. In preparation until opened: those who animate see it, and those they invited.
    opened_at = models.DateTimeField(null=True, default=timezone.now)
    review_on = models.DateField(null=True)
    # Read only, and found as before; or everything that could move has moved to another (merged_into).
    archived_at = models.DateTimeField(null=True)
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    # How it looks and speaks. `colour` is one of its own ("#23407a"), that can be read by day and by night (looks.py);
    # `hue` is then its hue, for tiles.
    colour = models.CharField(max_length=7, blank=True)
    talk = models.CharField(max_length=8, choices=Talk.choices, default=Talk.FEED)
    # Markdown and the HTML made from it at writing: to who joins, and to who is not in.
    welcome = models.TextField(blank=True, max_length=2000)
    welcome_html = models.TextField(blank=True)
    landing = models.TextField(blank=True, max_length=2000)
    landing_html = models.TextField(blank=True)
    # The house rule above the composer.
    shows_rules = models.BooleanField(default=True)
    picture = models.ForeignKey("files.File", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # « On y répond en 3 h, d’habitude »: kept by a daily job, None where too little was asked to say so.
    usual_reply_minutes = models.PositiveIntegerField(null=True)
    # Kept by the acts on its contributions, so that a list of communities reads one row each.
    last_exchange_at = models.DateTimeField(null=True, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            # A private community leaves no trace, not even a name that is taken.
            models.UniqueConstraint(fields=["sort_key"], condition=~Q(access__in=HIDDEN), name="community_name_once"),
            models.CheckConstraint(condition=Q(name__length__gte=2), name="community_has_a_name"),
            models.CheckConstraint(condition=Q(hue__lt=360), name="community_hue_is_an_angle"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="community_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="community_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wall:community", args=[self.slug])

    @property
    def settings_mark(self) -> str:
        """Changes with any setting: a form says with it what it was opened on."""
        said = (
            *(self.name, self.purpose, self.rules, self.kind, self.access, self.way_in, self.icon, str(self.hue)),
            *(self.colour, self.talk, self.welcome, self.landing, str(self.shows_rules)),
        )
        return sha256("\0".join(said).encode()).hexdigest()[:16]

    @property
    def is_hidden(self) -> bool:
        """It leaves no trace for those outside."""
        return self.access in HIDDEN

    @property
    def is_secret(self) -> bool:
        return self.access == self.Access.SECRET

    @property
    def is_in_preparation(self) -> bool:
        return self.opened_at is None

    @property
    def is_archived(self) -> bool:
        """Read only; also what was merged into another."""
        return self.archived_at is not None
