"""The words of names; the directory's facets."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from parvis.people.names import words_of

HERE = Q(activated_at__isnull=False, suspended_at__isnull=True)
NOT_HERE = Q(activated_at__isnull=True) | Q(suspended_at__isnull=False)


def write_words(apps, editor):
    people = apps.get_model("people", "Person").objects.order_by("pk").values_list("pk", "name")
    words = apps.get_model("people", "NameWord")
    rows = (
        words(person_id=person_id, word=word)
        for person_id, name in people.iterator(chunk_size=2000)
        for word in sorted(words_of(name))
    )
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == 2000:
            words.objects.bulk_create(chunk)
            chunk = []
    words.objects.bulk_create(chunk)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_profiles")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_words",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="nameword",
            constraint=models.UniqueConstraint(fields=("person", "word"), name="name_word_once"),
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=models.Index(
                fields=["word", "person"], name="name_word", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
        ),
        migrations.RunPython(write_words, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["site", "id"], condition=HERE, name="person_here_by_site")
        ),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["unit", "id"], condition=HERE, name="person_here_by_unit")
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["title", "id"], condition=HERE, name="person_here_by_title"),
        ),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["id"], condition=NOT_HERE, name="person_not_here")
        ),
    ]
