"""Where people came from: the named sources of the directory, their entries and their groups."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Source(models.Model):
    """A directory that is imported under a name. An import touches only the people of its source."""

    name = models.CharField(max_length=64, unique=True)
    first_import_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One person of a source. `key` is the employee number or the stable identifier; a mail address never is."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=200)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="directory_entry")
    # Set by the import that no longer found the entry, which suspended the person.
    left_at = models.DateTimeField(null=True, blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="directory_entry_once")]


class Group(models.Model):
    """A group of a source. It grants the right to enter the communities it is linked to; it enrols nobody."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="groups")
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=120)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="GroupMember", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="directory_group_once")]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="directory_group_member_once")]


class Import(models.Model):
    """One run that wrote something or was stopped: what the administration page shows of a source's past."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=255)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["source", "-started_at"], name="directory_last_import")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
                name="directory_import_ends_after_it_starts",
            )
        ]
