"""The life of communities: what the company allows, the pulse, archives and merges."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.communities.models.community import Community

# Days after opening when those who animate are asked (ADOPTION.md, N17).
PULSE_DAYS = (30, 60, 90, 150)
# Archiving and merging are undone for this long.
UNDO_FOR = timedelta(days=30)


class Policy(models.Model):
    """What the company allows, in one row. Read with `policy()` (queries)."""

    class Founders(models.TextChoices):
        EVERYBODY = "everybody", _("Toute personne de l’entreprise")
        ANIMATORS = "animators", _("Qui anime déjà une communauté, et l’administration")
        ADMINISTRATORS = "administrators", _("L’administration seulement")

    class GuestHosts(models.TextChoices):
        """Who may bring in somebody from outside who is not in the directory yet."""

        ANIMATORS = "animators", _("Qui anime une communauté, et l’administration")
        ADMINISTRATORS = "administrators", _("L’administration seulement")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    founders = models.CharField(max_length=14, choices=Founders.choices, default=Founders.EVERYBODY)
    may_be_secret = models.BooleanField(default=False)
    guest_hosts = models.CharField(max_length=14, choices=GuestHosts.choices, default=GuestHosts.ANIMATORS)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="policy_is_one_row")]


class Pulse(models.Model):
    """A question to those who animate: does it go on, join another, or rest? At each of PULSE_DAYS, and (`day` 0) on
    the review date of the birth contract."""

    class Answer(models.TextChoices):
        GO_ON = "go_on", _("Elle continue")
        MERGE = "merge", _("Elle rejoint une autre communauté")
        ARCHIVE = "archive", _("On l’archive")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="pulses")
    day = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    word = models.CharField(max_length=280, blank=True)
    # Those who animate were reminded of it, once.
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "day"], condition=~Q(day=0), name="pulse_once_a_day"),
            models.UniqueConstraint(
                fields=["community"], condition=Q(answered_at__isnull=True), name="pulse_one_question_at_a_time"
            ),
        ]


class Merge(models.Model):
    """One community joined another. What moved, and from where, is kept with the contributions."""

    source = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="merges")
    target = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=Q(undone_at__isnull=True), name="merge_once"),
        ]


class MergeOffer(models.Model):
    """Those who animate a community ask those who animate another whether it may join theirs."""

    source = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="merge_offers")
    target = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="merge_offers_received")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    word = models.CharField(max_length=280, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # Only what waits: an answer, or a withdrawal, takes the row away.
        constraints = [models.UniqueConstraint(fields=["source"], name="merge_offer_once")]
