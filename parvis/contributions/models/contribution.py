"""Everything said is a Contribution, whatever its kind."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import InScope, Scope


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, scope: Scope) -> "ContributionQuerySet":
        """What stands in one of the reader's audiences and was not deleted."""
        return self.filter(InScope("audience_id", scope), deleted_at__isnull=True)

    def publications(self) -> "ContributionQuerySet":
        return self.filter(family=Contribution.Family.PUBLICATION)

    def newest_first(self) -> "ContributionQuerySet":
        return self.order_by("-published_at", "-id")


class Contribution(models.Model):
    class Family(models.IntegerChoices):
        """Beside `kind`, and alone in index predicates: SQLite matches a list of kinds only literally."""

        PUBLICATION = 1
        COMMENT = 2
        MESSAGE = 3

    class Origin(models.IntegerChoices):
        HUMAN = 1
        BOT = 2
        IMPORT = 3
        DEMO = 4

    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    family = models.SmallIntegerField(choices=Family.choices)
    # A comment's root is the publication; its parent the comment it answers (one level), or the publication.
    root = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    title = models.CharField(max_length=200, blank=True)
    # Canonical Markdown with tokens for people and communities, and the HTML made from it at writing.
    text = models.TextField()
    html = models.TextField()
    html_version = models.SmallIntegerField(default=1)
    language = models.CharField(max_length=5, default="fr")
    origin = models.SmallIntegerField(choices=Origin.choices, default=Origin.HUMAN)
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # Raised by every change one can see (text, comments, reactions): live pages compare it.
    version = models.PositiveIntegerField(default=1)
    comment_count = models.PositiveIntegerField(default=0)
    # When it was last spoken of: a forum's order. Of a publication; its own time until somebody comments.
    last_exchange_at = models.DateTimeField(default=timezone.now)
    # What it recommends: its card shows the original to those who may see the original.
    about = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    # Kept by react() from the rows of Reaction, so that a page of cards reads no other row for them:
    # "like:3 thanks:1" (most given first) and the ids of the last two, newest first.
    reaction_tally = models.CharField(max_length=120, blank=True)
    recent_reactors = models.CharField(max_length=42, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        indexes = [
            # The walls: the newest of one audience.
            models.Index(
                "audience",
                models.F("published_at").desc(),
                models.F("id").desc(),
                condition=Q(family=1, deleted_at__isnull=True),
                name="contribution_feed",
            ),
            # A community as a forum: what was spoken of last.
            models.Index(
                "audience",
                models.F("last_exchange_at").desc(),
                models.F("id").desc(),
                condition=Q(family=1, deleted_at__isnull=True),
                name="contribution_forum",
            ),
            # What was recommended, and where.
            models.Index(fields=["about", "id"], condition=Q(about__isnull=False), name="contribution_about"),
            # The feed of a wide reader: the newest of all, then the scope.
            models.Index(
                models.F("published_at").desc(),
                models.F("id").desc(),
                "audience",
                condition=Q(family=1, deleted_at__isnull=True),
                name="contribution_all",
            ),
            # Somebody's publications on their page.
            models.Index(
                "author",
                models.F("published_at").desc(),
                models.F("id").desc(),
                condition=Q(family=1, deleted_at__isnull=True),
                name="contribution_author",
            ),
            # What somebody said under publications, and whether a newcomer has.
            models.Index(fields=["author", "id"], condition=Q(family=2), name="contribution_comments_of"),
            # Comments under a publication, in order; the last two of a card.
            models.Index(fields=["root", "id"], condition=Q(root__isnull=False), name="contribution_thread"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(text__length__lte=40_000), name="contribution_text_is_bounded"),
            models.CheckConstraint(
                condition=Q(family=1, root__isnull=True) | Q(family=2, root__isnull=False) | Q(family=3),
                name="contribution_comment_has_a_root",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the publication; a comment's place on it."""
        if self.root_id is None:
            return reverse("contributions:contribution", args=[self.pk])
        return f"{reverse('contributions:contribution', args=[self.root_id])}#c-{self.pk}"

    @property
    def is_comment(self) -> bool:
        return self.family == self.Family.COMMENT
