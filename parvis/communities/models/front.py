"""What a community's front shows beside its talk: the tools it switched on; and what a person put away of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from parvis.communities.models.community import Community


class CommunityTool(models.Model):
    """A tool switched on, in the order of the tabs. `name` is one that a module declares (toolbox.py)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="tools")
    name = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="community_tool_once")]


class PutAway(models.Model):
    """Something that was shown to one person until they put it away: the word of welcome, a suggested community."""

    class What(models.TextChoices):
        WELCOME = "welcome"
        SUGGESTION = "suggestion"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    put_away_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "what", "community"], name="put_away_once")]
