"""What people can do: a shared list, what each says of themselves, and which colleagues confirm it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from parvis.people.models.person import Person


class SkillListMark(models.Model):
    """One row. Its mark changes with every change of the shared list: who keeps the list in memory compares it, and
    who changes the list locks it, so that two changes take turns."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=32, default="first")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="skill_list_mark_is_one_row")]


class Skill(models.Model):
    """One thing people can do. Names may change; merged into another, it only remains as a way to find that one:
    those who stated it keep their row, read as one of the other skill, so that a merge is undone without a trace."""

    name_fr = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="merged")
    merged_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField(null=True)
    # Of the list Parvis comes with: also proposed to guests, who learn no word of the company from it.
    is_given = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="skill_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(name_fr__length__gte=2), name="skill_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "fr").startswith("en") else self.name_fr


class SkillName(models.Model):
    """A name by which a skill is found, folded: in either language, and those of what was merged into it."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="names")
    key = models.CharField(max_length=160)

    class Meta:
        constraints = [
            # Two skills are never called the same. Also the index behind what is proposed as one types.
            models.UniqueConstraint(fields=["key"], name="skill_name_once"),
        ]


class HasSkill(models.Model):
    """Somebody says that they can do it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="held")
    # What exactly, in their words: « TIG orbital, inertage ».
    word = models.CharField(max_length=140, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="has_skill_once")]
        indexes = [
            # « Qui sait… ? », and the directory's facet.
            models.Index(fields=["skill", "person"], name="has_skill_facet"),
        ]


class HeldStem(models.Model):
    """A stem of the word beside a skill, so that « qui sait inerter ? » finds « TIG orbital, inertage »."""

    held = models.ForeignKey(HasSkill, on_delete=models.CASCADE, related_name="stems")
    stem = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["held", "stem"], name="held_stem_once")]
        indexes = [
            # « Qui sait… ? »: who said such a word.
            models.Index(fields=["stem", "held"], name="held_stem_found"),
        ]


class Confirmation(models.Model):
    """A colleague has seen them do it."""

    held = models.ForeignKey(HasSkill, on_delete=models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["held", "person"], name="confirmation_once")]
