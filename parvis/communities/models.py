"""Communities: places with a purpose, entered by one's own act."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import InScope, Scope
from parvis.kernel.text import folded


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, scope: Scope) -> "CommunityQuerySet":
        """Those whose contributions one may read, those that let themselves be found, and those one is invited to."""
        person_id = scope.person_id or 0
        invited = Invitation.objects.pending().filter(person_id=person_id).values("community_id")
        known = Q(InScope("audience_id", scope)) | Q(pk__in=invited)
        if scope.is_guest:
            return self.filter(known)
        entitled = GroupRight.objects.filter(person_id=person_id).exclude(
            gate__community__removals__person_id=person_id
        )
        return self.filter(
            known | ~Q(access=Community.Access.PRIVATE) | Q(pk__in=entitled.values("gate__community_id"))
        )

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
        """The three presets: who reads, and how one comes in. docs/glossary.md fixes them."""

        OPEN = "open", _("Ouverte")
        ON_REQUEST = "on_request", _("Sur demande")
        PRIVATE = "private", _("Privée")

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
    # Kept by the acts on its contributions, so that a list of communities reads one row each.
    last_exchange_at = models.DateTimeField(null=True, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            # A private community leaves no trace, not even a name that is taken.
            models.UniqueConstraint(fields=["sort_key"], condition=~Q(access="private"), name="community_name_once"),
            models.CheckConstraint(condition=Q(name__length__gte=2), name="community_has_a_name"),
            models.CheckConstraint(condition=Q(hue__lt=360), name="community_hue_is_an_angle"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wall:community", args=[self.slug])

    @property
    def settings_mark(self) -> str:
        """Changes with any setting: a form says with it what it was opened on."""
        said = (self.name, self.purpose, self.rules, self.kind, self.access, self.icon, str(self.hue))
        return sha256("\0".join(said).encode()).hexdigest()[:16]


class Membership(models.Model):
    """Somebody came in, by their own act."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Membre")
        ANIMATOR = "animator", _("Anime")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    is_pinned = models.BooleanField(default=True)

    class Meta:
        constraints = [
            # Also the index behind "my communities".
            models.UniqueConstraint(fields=["person", "community"], name="membership_once"),
        ]
        indexes = [
            # The members of a community, animators first.
            models.Index(fields=["community", "role", "person"], name="membership_of_community"),
        ]


class Follow(models.Model):
    """Reading a community in one's feed without joining it."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    followed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "community"], name="follow_once")]


class EntryRequest(models.Model):
    """Somebody asked to come in; an animator answers."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="entry_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="entry_requests")
    word = models.CharField(max_length=280, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_accepted = models.BooleanField(null=True)
    answer = models.CharField(max_length=280, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(decided_at__isnull=True), name="entry_request_one_open"
            ),
        ]


# « Annuler », after declining an invitation.
RECONSIDER_WITHIN = timedelta(hours=1)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, declined_at__isnull=True)

    def answerable(self) -> "InvitationQuerySet":
        """Pending, or declined a moment ago. Who came in and left, or declined long ago, learns nothing any more."""
        a_moment_ago = timezone.now() - RECONSIDER_WITHIN
        return self.filter(Q(declined_at__isnull=True) | Q(declined_at__gt=a_moment_ago), accepted_at__isnull=True)


class Invitation(models.Model):
    """The right to enter a community and one invitation to do so: from a colleague or from a directory group."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    group_name = models.CharField(max_length=120, blank=True)
    # From an administrator, for what nobody animates: who comes in by it animates.
    is_to_animate = models.BooleanField(default=False)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "person"], name="community_invitation_once")]


class Removal(models.Model):
    """An animator took somebody out, and said why. While it stands, only an animator's invitation lets them back."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="removals")
    # As it was called then: who was taken out learns nothing of what became of it.
    community_name = models.CharField(max_length=90)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="removals")
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=280)
    removed_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "community"], name="removal_once")]


class GroupGate(models.Model):
    """The people of a directory group have the right to enter a community. The group enrols nobody."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="gates")
    # The named source of the import, and the group's key there (its DN, or its name in a CSV file).
    source = models.CharField(max_length=64)
    group_key = models.CharField(max_length=255)
    name = models.CharField(max_length=120)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "source", "group_key"], name="group_gate_once"),
        ]


class GroupRight(models.Model):
    """One person's right to enter, by a group, for as long as the directory says so."""

    gate = models.ForeignKey(GroupGate, on_delete=models.CASCADE, related_name="rights")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "gate"], name="group_right_once")]
