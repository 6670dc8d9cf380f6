import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FailedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('count', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('identifier', models.CharField(max_length=64, unique=True, verbose_name='Identifiant')),
                ('mail', models.EmailField(blank=True, max_length=254, null=True, verbose_name='Adresse mail')),
                ('name', models.CharField(max_length=120, verbose_name='Nom')),
                ('sort_key', models.CharField(editable=False, max_length=120)),
                ('given_name', models.CharField(blank=True, max_length=80)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='Fonction')),
                ('unit', models.CharField(blank=True, max_length=120, verbose_name='Équipe')),
                ('site', models.CharField(blank=True, max_length=120, verbose_name='Site')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Téléphone')),
                ('about', models.TextField(blank=True, max_length=2000, verbose_name='À propos')),
                ('employee_number', models.CharField(blank=True, max_length=64)),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'English')], default='fr', max_length=5)),
                ('time_zone', models.CharField(blank=True, max_length=64)),
                ('theme', models.CharField(blank=True, choices=[('', 'Comme l’appareil'), ('light', 'Clair'), ('dark', 'Sombre')], max_length=8)),
                ('is_administrator', models.BooleanField(default=False)),
                ('is_guest', models.BooleanField(default=False)),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('activated_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('suspended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('knows_the_place_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to=settings.AUTH_USER_MODEL)),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.file')),
            ],
        ),
        migrations.CreateModel(
            name='CharterAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=5)),
                ('sha256', models.CharField(max_length=64)),
                ('accepted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charter_acceptances', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='EntryPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('mail', 'Mail'), ('paper', 'Paper')], max_length=8)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_passes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['sort_key', 'id'], name='person_by_name'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(models.F('mail'), condition=models.Q(('mail__isnull', False)), name='person_mail_once'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 1)), name='person_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('is_administrator', True), ('is_guest', True), _negated=True), name='person_guest_never_administrates'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('manager', models.F('id')), _negated=True), name='person_not_own_manager'),
        ),
        migrations.AddConstraint(
            model_name='charteracceptance',
            constraint=models.UniqueConstraint(fields=('person', 'version'), name='charter_accepted_once'),
        ),
    ]
