"""The one audience of the whole company."""

from django.db import migrations


def make_the_company(apps, schema_editor):
    apps.get_model("audiences", "Audience").objects.get_or_create(kind="company", defaults={"is_open": True})


class Migration(migrations.Migration):
    dependencies = [("audiences", "0002_initial")]
    operations = [migrations.RunPython(make_the_company, migrations.RunPython.noop)]
