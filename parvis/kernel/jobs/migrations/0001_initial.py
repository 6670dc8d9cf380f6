import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('now', 'Now'), ('mail', 'Mail'), ('heavy', 'Heavy')], max_length=8)),
                ('state', models.CharField(choices=[('ready', 'Ready'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Dead')], default='ready', max_length=8)),
                ('name', models.CharField(max_length=120)),
                ('arguments', models.JSONField(default=dict)),
                ('key', models.CharField(blank=True, max_length=160)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('run_after', models.DateTimeField(default=django.utils.timezone.now)),
                ('lease_until', models.DateTimeField(null=True)),
                ('worker', models.CharField(blank=True, max_length=80)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'ready')), fields=['lane', 'run_after', 'id'], name='job_next'), models.Index(condition=models.Q(('state', 'running')), fields=['lease_until'], name='job_leases'), models.Index(condition=models.Q(('state', 'dead')), fields=['-ended_at'], name='job_dead'), models.Index(condition=models.Q(('state', 'done')), fields=['ended_at'], name='job_done')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), ('state__in', ['ready', 'running'])), fields=('key',), name='job_one_live_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slot', models.CharField(max_length=40)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'slot'), name='schedule_slot_once')],
            },
        ),
    ]
