from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_as_today(apps, _schema_editor):
    """How the community was called at the time is not known any more."""
    communities = apps.get_model("communities", "Community").objects.filter(pk=OuterRef("community_id"))
    apps.get_model("communities", "Removal").objects.update(community_name=Subquery(communities.values("name")[:1]))


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_entering")]

    operations = [
        migrations.AddField(
            "removal", "community_name", models.CharField(default="", max_length=90), preserve_default=False
        ),
        migrations.RunPython(name_as_today, migrations.RunPython.noop),
    ]
