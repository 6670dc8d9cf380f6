"""How one comes in: by a request, an invitation, a word of a colleague; and what stands in the way."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from parvis.communities.models.community import Community


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
    # Those who animate were reminded of it, once.
    reminded_at = models.DateTimeField(null=True)

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
        """Those of guests only until their last moment: what has ended opens nothing."""
        holds = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
        return self.filter(holds, accepted_at__isnull=True, declined_at__isnull=True)

    def answerable(self) -> "InvitationQuerySet":
        """Pending, or declined a moment ago. Who came in and left, or declined long ago, learns nothing any more."""
        a_moment_ago = timezone.now() - RECONSIDER_WITHIN
        holds = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
        answered = Q(declined_at__isnull=True) | Q(declined_at__gt=a_moment_ago)
        return self.filter(holds, answered, accepted_at__isnull=True)


class Invitation(models.Model):
    """The right to enter a community and one invitation to do so: from a colleague or from a directory group."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    group_name = models.CharField(max_length=120, blank=True)
    # From the founder, or from an administrator for what nobody animates: who comes in by it animates.
    is_to_animate = models.BooleanField(default=False)
    word = models.CharField(max_length=280, blank=True)
    # Of a guest: the last day, in the guest's own time zone (else the company's), and the moment that is; and the
    # colleague who answers for them.
    ends_on = models.DateField(null=True)
    ends_at = models.DateTimeField(null=True)
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
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


class Recommendation(models.Model):
    """A member tells a colleague of a community that both may find, with a word. Told once, and gone without a trace
    when it is put away."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="recommendations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    word = models.CharField(max_length=280, blank=True)
    recommended_at = models.DateTimeField(default=timezone.now)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "community"], name="recommendation_once")]
