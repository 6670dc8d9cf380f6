"""Who is in a community, and who reads it without being in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.communities.models.community import Community


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
