from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from parvis.kernel.text import folded

GIVEN = Path(__file__).resolve().parents[1] / "words/skills.txt"


def give_the_list(apps, _schema):
    """Each skill of the list of which no name is taken. Nothing is added a second time."""
    Skill, SkillName = apps.get_model("people", "Skill"), apps.get_model("people", "SkillName")
    apps.get_model("people", "SkillListMark").objects.get_or_create(pk=1)
    taken = set(SkillName.objects.values_list("key", flat=True))
    given = []
    for line in GIVEN.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            french, english = line.split(" | ")
            keys = {folded(french), folded(english)}
            if not keys & taken:
                taken |= keys
                given.append((sorted(keys), Skill(name_fr=french, name_en=english, is_given=True)))
    made = Skill.objects.bulk_create([skill for _keys, skill in given])
    SkillName.objects.bulk_create(
        [SkillName(skill=skill, key=key) for (keys, _asked), skill in zip(given, made, strict=True) for key in keys]
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_name_words")]

    operations = [
        migrations.CreateModel(
            name="HeldStem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stem", models.CharField(max_length=40)),
                (
                    "held",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stems", to="people.hasskill"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["stem", "held"], name="held_stem_found")],
                "constraints": [models.UniqueConstraint(fields=("held", "stem"), name="held_stem_once")],
            },
        ),
        migrations.CreateModel(
            name="SkillListMark",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("mark", models.CharField(default="first", max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="skill_list_mark_is_one_row")
                ],
            },
        ),
        migrations.AddField(model_name="skill", name="is_given", field=models.BooleanField(default=False)),
        migrations.RunPython(give_the_list, migrations.RunPython.noop, elidable=True),
    ]
