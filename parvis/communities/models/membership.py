"""Who is in a community, and who reads it without being in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.communities.models.community import Community


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Without the guests whose time has run out, to the second: a job takes their rows away afterwards."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now()))


class Membership(models.Model):
    """Somebody came in, by their own act."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Membre")
        AMBASSADOR = "ambassador", _("Ambassadeur ou ambassadrice")
        ANIMATOR = "animator", _("Anime")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    is_pinned = models.BooleanField(default=True)
    # Of a guest: the colleague who answers for them, and their last moment here (also the audience's `until`).
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ends_at = models.DateTimeField(null=True)
    # Whoever answers for the guest was told that the end is near, once; and may have said that it may come.
    reminded_at = models.DateTimeField(null=True)
    let_end_at = models.DateTimeField(null=True)
    # Of an ambassador: the last day, and the thanks of those who animate.
    mandate_ends_on = models.DateField(null=True)
    thanks = models.CharField(max_length=280, blank=True)
    thanked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also the index behind "my communities".
            models.UniqueConstraint(fields=["person", "community"], name="membership_once"),
        ]
        indexes = [
            # The members of a community, animators first.
            models.Index(fields=["community", "role", "person"], name="membership_of_community"),
            # Whose time ran out, or soon will: few rows among all.
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="membership_that_ends"),
        ]


class Follow(models.Model):
    """Reading a community in one's feed without joining it."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    followed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "community"], name="follow_once")]


class AmbassadorOffer(models.Model):
    """Those who animate ask a member to welcome with them. Accepted by the member's own act; put away without a
    trace: for those who asked it just waits."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="ambassador_offers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    word = models.CharField(max_length=280, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "community"], name="ambassador_offer_once")]
