"""Reports: somebody says that a contribution breaks the charter; an animator decides, with a reason told to both."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.contributions.models import Contribution
from parvis.kernel.audiences.models import Audience


class Report(models.Model):
    class Reason(models.TextChoices):
        DISRESPECT = "disrespect", _("Manque de respect envers quelqu’un")
        PERSONAL = "personal", _("Vie privée ou données personnelles")
        CONFIDENTIAL = "confidential", _("Information confidentielle")
        UNLAWFUL = "unlawful", _("Contenu illicite")
        OFF_PLACE = "off_place", _("Pas au bon endroit")
        OTHER = "other", _("Autre chose")

    class Decision(models.TextChoices):
        REMOVED = "removed", _("Retiré")
        KEPT = "kept", _("Gardé")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reports")
    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="+", db_index=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    word = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "reporter"], condition=Q(decided_at__isnull=True), name="report_one_open"
            ),
        ]
        indexes = [
            # The animators' queue.
            models.Index(
                fields=["audience", "reported_at"], condition=Q(decided_at__isnull=True), name="report_queue"
            ),
        ]


class Removal(models.Model):
    """A contribution taken out of sight by an animator: the reason is shown to its author."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="removal")
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500)
    removed_at = models.DateTimeField(default=timezone.now)
    seen_by_author_at = models.DateTimeField(null=True, blank=True)
