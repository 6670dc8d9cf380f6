import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audiences', '0002_initial'),
        ('contributions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('removed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_by_author_at', models.DateTimeField(blank=True, null=True)),
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='removal', to='contributions.contribution')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('disrespect', 'Manque de respect envers quelqu’un'), ('personal', 'Vie privée ou données personnelles'), ('confidential', 'Information confidentielle'), ('unlawful', 'Contenu illicite'), ('off_place', 'Pas au bon endroit'), ('other', 'Autre chose')], max_length=16)),
                ('word', models.CharField(blank=True, max_length=500)),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('removed', 'Retiré'), ('kept', 'Gardé')], max_length=8)),
                ('decision_reason', models.CharField(blank=True, max_length=500)),
                ('audience', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='audiences.audience')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='contributions.contribution')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['audience', 'reported_at'], name='report_queue')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('contribution', 'reporter'), name='report_one_open')],
            },
        ),
    ]
