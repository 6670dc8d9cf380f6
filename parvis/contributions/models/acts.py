"""What hangs on a contribution: its former texts, reactions, and the people it calls."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.contributions.models.contribution import Contribution
from parvis.kernel.audiences.models import Audience


class Revision(models.Model):
    """What a contribution said before an edit; its readers may read it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Reaction(models.Model):
    class Kind(models.TextChoices):
        LIKE = "like", _("J’aime")
        THANKS = "thanks", _("Merci")
        BRAVO = "bravo", _("Bravo")
        USEFUL = "useful", _("Utile")
        IDEA = "idea", _("Idée")
        SUPPORT = "support", _("Je soutiens")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reactions", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reacted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # One word a person. Also the index behind reaction_bars().
            models.UniqueConstraint(fields=["contribution", "person"], name="reaction_one_word_a_person"),
        ]


class Mention(models.Model):
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="mentions")
    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            # « Where I am mentioned », within my scope.
            models.UniqueConstraint(fields=["person", "audience", "contribution"], name="mention_once"),
        ]
