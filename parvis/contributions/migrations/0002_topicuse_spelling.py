from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def spell_as_the_topic(apps, _schema_editor):
    """How each use was written is not known any more: as its topic is named."""
    topics = apps.get_model("contributions", "Topic").objects.filter(pk=OuterRef("topic_id"))
    apps.get_model("contributions", "TopicUse").objects.update(spelling=Subquery(topics.values("name")[:1]))


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]

    operations = [
        migrations.AddField(
            "topicuse", "spelling", models.CharField(default="", max_length=60), preserve_default=False
        ),
        migrations.RunPython(spell_as_the_topic, migrations.RunPython.noop),
    ]
