"""« Où en est-on ? »: what the front page of a project says. No tasks, no Gantt."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.communities.models.community import Community


class ProjectState(models.Model):
    class Weather(models.TextChoices):
        """How it goes, in words."""

        CLEAR = "clear", _("Tout va bien")
        CLOUDY = "cloudy", _("Quelques difficultés")
        STORMY = "stormy", _("On a besoin d’aide")

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="project", primary_key=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True)
    weather = models.CharField(max_length=8, choices=Weather.choices, blank=True)
    weather_word = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Raised by each change: two people who write at once do not undo each other unseen.
    version = models.PositiveIntegerField(default=1)


class Milestone(models.Model):
    """One of at most three."""

    project = models.ForeignKey(ProjectState, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "position"], name="milestone_once_a_place")]


class Decision(models.Model):
    """What was decided, by whom it was noted; the page shows the last ones."""

    project = models.ForeignKey(ProjectState, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(max_length=280)
    decided_on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
