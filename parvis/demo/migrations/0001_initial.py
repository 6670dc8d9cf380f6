from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DemoCompany',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('seed', models.CharField(max_length=40)),
                ('drawn_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'demo companies',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='demo_company_only_one')],
            },
        ),
    ]
