"""#words: what uses them, who follows them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from parvis.contributions.models.contribution import Contribution


class Topic(models.Model):
    """A #word. `key` is folded, `name` as most write it."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class TopicUse(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="uses", db_index=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="topic_uses")
    spelling = models.CharField(max_length=60)
    # Of the publication, which never changes it; nothing for a comment.
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "contribution"], name="topic_use_once")]
        indexes = [
            # The newest publications of a topic: its page, and the feed of whoever follows it.
            models.Index(
                "topic",
                models.F("published_at").desc(),
                models.F("contribution").desc(),
                condition=models.Q(published_at__isnull=False),
                name="topic_use_newest",
            ),
        ]


class TopicFollow(models.Model):
    """Reading in one's feed what uses a topic, where one may read."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topic_follows")
    followed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="topic_follow_once")]
