import django.db.models.deletion
from django.db import migrations, models


def make_the_company(apps, schema_editor):
    apps.get_model("audiences", "Audience").objects.create(kind="company", is_open=True)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('community', 'Community'), ('conversation', 'Conversation'), ('named_set', 'Named Set')], max_length=16)),
                ('is_open', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['id'], name='audience_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'company')), fields=('kind',), name='audience_one_company')],
            },
        ),
        migrations.CreateModel(
            name='AudienceMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='audiences.audience')),
            ],
        ),
        migrations.RunPython(make_the_company, migrations.RunPython.noop),
    ]
