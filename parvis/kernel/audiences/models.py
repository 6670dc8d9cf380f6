"""Who may see something: each contribution and each file has one audience, and nothing else decides."""

from django.conf import settings
from django.db import models


class Audience(models.Model):
    class Kind(models.TextChoices):
        COMPANY = "company"
        COMMUNITY = "community"
        CONVERSATION = "conversation"
        NAMED_SET = "named_set"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    # Open to everybody of the company, guests excepted; the others must be among `AudienceMember`.
    is_open = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="company"), name="audience_one_company"),
        ]
        indexes = [
            # scope_of(): the open audiences.
            models.Index(fields=["id"], condition=models.Q(is_open=True), name="audience_open"),
        ]


class AudienceMember(models.Model):
    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            # scope_of(): the audiences of a person.
            models.UniqueConstraint(fields=["person", "audience"], name="audience_member_once"),
        ]
        indexes = [
            # Who reads this audience: names for a guest, live rechecks.
            models.Index(fields=["audience", "person"], name="audience_member_reverse"),
        ]
