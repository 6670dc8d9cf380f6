"""The ways in, what was agreed to, and who tries too often."""

from django.db import models
from django.utils import timezone

from parvis.people.models.person import Person


class CharterAcceptance(models.Model):
    """Somebody agreed to one version of the charter: which text exactly, and when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="charter_acceptances")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="charter_accepted_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.version}"


class EntryPass(models.Model):
    """A one-use way in: an invitation in the mail, a code on paper, or a reset by either. Only its hash is kept."""

    class Way(models.TextChoices):
        MAIL = "mail"
        PAPER = "paper"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entry_passes")
    way = models.CharField(max_length=8, choices=Way.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.way} {self.person_id}"


class FailedEntry(models.Model):
    """Failures in a row for one name typed at the door (known or not), so that the next try waits longer."""

    # Of the name as typed: what a stranger typed is nobody's business.
    sha256 = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.last_at}"
