from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_no_last_login_failed_entries"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="person",
            name="epoch",
        ),
    ]
