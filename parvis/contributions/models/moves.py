"""A publication and its comments that went from one audience to another: what a merge moved, so that it can be undone,
and what it may not move before those who wrote say so."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from parvis.communities.models import Merge
from parvis.contributions.models.contribution import Contribution
from parvis.kernel.audiences.models import Audience


class Move(models.Model):
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="moves")
    from_audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+", db_index=False)
    merge = models.ForeignKey(Merge, null=True, on_delete=models.CASCADE, related_name="moves")
    moved_at = models.DateTimeField(default=timezone.now)


class MoveConsent(models.Model):
    """One of those who wrote in a thread is asked whether it may go where others would read it. It goes when all of
    them said yes; a single no keeps it where it is, and nobody is told whose."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="consents")
    # The publication that opens the thread.
    root = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    is_given = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "root", "author"], name="move_consent_once")]
        indexes = [
            # What waits for somebody's word.
            models.Index(fields=["author"], condition=Q(answered_at__isnull=True), name="move_consent_open"),
        ]
