"""What a profile shows of what somebody wrote: chosen by them, linked by them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from parvis.contributions.models import Contribution
from parvis.people.models import HasSkill, Skill

# Of one's contributions shown on one's profile.
MOST_CHOSEN = 5
# What shows one skill: enough to convince, not a collection.
MOST_EVIDENCE = 3
# « Annuler » of a skill taken off, and of two that were merged.
PUT_BACK_FOR, UNMERGE_FOR = timedelta(days=1), timedelta(days=30)


class SkillEvidence(models.Model):
    """A contribution that shows what somebody can do, linked by them. Shown to those who may read it."""

    held = models.ForeignKey(HasSkill, on_delete=models.CASCADE, related_name="evidence")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["held", "contribution"], name="skill_evidence_once")]


class ChosenContribution(models.Model):
    """One of at most five contributions that somebody shows on their profile."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chosen_contributions")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "contribution"], name="chosen_contribution_once"),
            models.CheckConstraint(condition=models.Q(position__lt=MOST_CHOSEN), name="chosen_at_most_five"),
        ]


class RemovedSkill(models.Model):
    """What somebody took off their profile, for as long as it can be put back: the word, its place, who had confirmed
    it and what showed it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="removed_skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=140, blank=True)
    position = models.PositiveSmallIntegerField()
    stated_at = models.DateTimeField()
    # [[person id, moment], …] and [contribution id, …].
    confirmations = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    removed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="removed_skill_once")]
