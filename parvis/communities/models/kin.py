"""A community asks to stand under another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from parvis.communities.models.community import Community


class ParentProposal(models.Model):
    """Whoever animates a community asks those who animate another to list it there. Gone once answered."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="parent_proposal")
    parent = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="child_proposals")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("community")), name="parent_proposal_not_to_itself"),
        ]
