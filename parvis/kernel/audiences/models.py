"""Who may see something: each contribution and each file has one audience, and nothing else decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Audience(models.Model):
    class Kind(models.TextChoices):
        COMPANY = "company"
        COMMUNITY = "community"
        CONVERSATION = "conversation"
        NAMED_SET = "named_set"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    # Open to everybody of the company, guests excepted; the others must be among `AudienceMember`.
    is_open = models.BooleanField(default=False)
    # What stands here is read as before and nothing is added or changed (an archived community).
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="company"), name="audience_one_company"),
        ]
        indexes = [
            # scope_of(): the open audiences.
            models.Index(fields=["id"], condition=Q(is_open=True), name="audience_open"),
        ]


class AudienceMemberQuerySet(models.QuerySet["AudienceMember"]):
    def current(self) -> "AudienceMemberQuerySet":
        """Those whose time has not run out, to the second."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))


class AudienceMember(models.Model):
    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # A guest's last moment here. Compared wherever access is asked for, so that no job has to run for it to end.
    until = models.DateTimeField(null=True)

    objects = AudienceMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            # scope_of(): the audiences of a person.
            models.UniqueConstraint(fields=["person", "audience"], name="audience_member_once"),
        ]
        indexes = [
            # Who reads this audience: names for a guest, live rechecks.
            models.Index(fields=["audience", "person"], name="audience_member_reverse"),
            # Whose time ran out: what a job tidies up afterwards.
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="audience_member_until"),
        ]
