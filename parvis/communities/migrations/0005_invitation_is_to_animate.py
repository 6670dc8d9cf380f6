from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_removal_community_name")]

    operations = [
        migrations.AddField("invitation", "is_to_animate", models.BooleanField(default=False)),
    ]
