"""What the groups of the company's directory open."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from parvis.communities.models.community import Community


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
