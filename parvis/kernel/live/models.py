"""What the hub reads when a wake-up was lost: the last change of each topic."""

from django.db import models


class TopicVersion(models.Model):
    """The version of a live topic. Raised in the transaction of the change; compared on reconnection."""

    topic = models.CharField(max_length=60, unique=True)
    version = models.BigIntegerField(default=0)
    # One counter for all topics: the hub asks "what changed since n?" every five seconds.
    change = models.BigIntegerField(default=0, db_index=True)
