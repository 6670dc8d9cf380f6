import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('name', models.CharField(max_length=255)),
                ('size', models.BigIntegerField()),
                ('file_count', models.PositiveIntegerField()),
                ('damaged_count', models.PositiveIntegerField(default=0)),
                ('seconds', models.FloatField()),
            ],
        ),
    ]
