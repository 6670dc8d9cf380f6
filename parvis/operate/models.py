"""What operating leaves behind: the backups that were made."""

from django.db import models
from django.utils import timezone


class Backup(models.Model):
    """One archive that was written whole. Where it is now, only the administrator knows."""

    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    file_count = models.PositiveIntegerField()
    # Files that the database names and the shelf had lost, or whose bytes had changed.
    damaged_count = models.PositiveIntegerField(default=0)
    seconds = models.FloatField()

    def __str__(self) -> str:
        return self.name
