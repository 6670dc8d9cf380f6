"""How far a publication went, for its author alone: rounded, from a threshold on, never names."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from parvis.contributions.models.contribution import Contribution


class Seen(models.Model):
    """Somebody had it on their screen. Nobody reads these rows: a daily job counts them, and purges them afterwards.
    Never written in a secret community."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The day, and no hour: it is kept to be purged, not to know when somebody reads.
    seen_on = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "person"], name="seen_once")]


class Reach(models.Model):
    """What the last count said: how many others had it on their screen, of how many units."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="reach", primary_key=True)
    readers = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now)
