"""What the hub reads when a wake-up was lost: the changes of the last hour."""

from django.db import models
from django.utils import timezone


class Change(models.Model):
    """One change of a live topic, written in the transaction that made it; the hub looks at the new ones every 5 s.

    Only ever appended to, then pruned: no row is contended, and the identifier is the only index.
    """

    topic = models.CharField(max_length=60)
    version = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.topic} {self.version}"
