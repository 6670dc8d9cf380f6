"""What a community's front shows beside its talk: the tools it switched on, its useful links."""

from django.db import models

from parvis.communities.models.community import Community


class CommunityTool(models.Model):
    """A tool switched on, in the order of the tabs. `name` is one that a module declares (tools.py)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="tools")
    name = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="community_tool_once")]
