"""Files by content: a blob is stored once whatever its names; a file is a blob that somebody put somewhere."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from parvis.kernel.audiences.models import Audience
from parvis.kernel.audiences.scope import InScope, Scope


class Blob(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    # As sniffed from the bytes, never as declared by the sender.
    media_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256


class Thumbnail(models.Model):
    """A smaller picture of a blob, itself a blob."""

    original = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="thumbnails")
    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="+")
    side = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["original", "side"], name="thumbnail_once_a_size")]

    def __str__(self) -> str:
        return f"{self.original_id} at {self.side}"


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, scope: Scope) -> "FileQuerySet":
        return self.filter(InScope("audience_id", scope))


class File(models.Model):
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = FileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
