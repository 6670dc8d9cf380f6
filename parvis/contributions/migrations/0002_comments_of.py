from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]

    operations = [
        migrations.AddIndex(
            "contribution",
            models.Index(fields=["author", "id"], condition=models.Q(family=2), name="contribution_comments_of"),
        ),
    ]
