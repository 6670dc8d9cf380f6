"""What somebody declares of the moment, and how they stand towards others: following, muting, blocking."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.people.models.person import Person


class Presence(models.Model):
    """What somebody says of the moment. Said by them alone: nothing is measured."""

    class State(models.TextChoices):
        AVAILABLE = "available", _("Disponible")
        BUSY = "busy", _("Occupé")
        AWAY = "away", _("Absent")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="presence", primary_key=True)
    state = models.CharField(max_length=9, choices=State.choices)
    # Afterwards it says nothing any more.
    until = models.DateTimeField(null=True)
    word = models.CharField(max_length=80, blank=True)
    declared_at = models.DateTimeField(default=timezone.now)


class PersonFollow(models.Model):
    """Reading in one's feed what somebody publishes where one may read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="people_followed")
    followed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    followed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "followed"], name="person_follow_once"),
            models.CheckConstraint(condition=~Q(person=F("followed")), name="person_not_followed_by_self"),
        ]


class Mute(models.Model):
    """Not reading somebody in one's feed. They are not told."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    muted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "muted"], name="mute_once"),
            models.CheckConstraint(condition=~Q(person=F("muted")), name="person_not_muted_by_self"),
        ]


class Block(models.Model):
    """No contact: whoever is blocked does not call, invite, follow or confirm this person, and is not read by them.
    They are not told. It narrows nobody's right to read: only the audience decides that."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    blocked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(person=F("blocked")), name="person_not_blocked_by_self"),
        ]
        indexes = [
            # « Am I blocked by them? », asked before each act that reaches somebody.
            models.Index(fields=["blocked", "person"], name="block_reverse"),
        ]
