import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audiences', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=70, unique=True)),
                ('name', models.CharField(max_length=90, verbose_name='Nom')),
                ('sort_key', models.CharField(editable=False, max_length=180)),
                ('purpose', models.CharField(max_length=280, verbose_name='À quoi elle sert')),
                ('rules', models.CharField(blank=True, max_length=280, verbose_name='La règle de la maison')),
                ('kind', models.CharField(choices=[('trade', 'Métier'), ('interest', 'Intérêt'), ('project', 'Projet'), ('cross_company', 'Transverse'), ('pilot', 'Pilote'), ('site', 'Site')], max_length=16)),
                ('access', models.CharField(choices=[('open', 'Ouverte'), ('on_request', 'Sur demande'), ('private', 'Privée')], max_length=16)),
                ('icon', models.CharField(default='users', max_length=32)),
                ('hue', models.PositiveSmallIntegerField(default=60)),
                ('founded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_exchange_at', models.DateTimeField(blank=True, null=True)),
                ('audience', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audiences.audience')),
                ('founded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'communities',
            },
        ),
        migrations.CreateModel(
            name='EntryRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(blank=True, max_length=280)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('is_accepted', models.BooleanField(null=True)),
                ('answer', models.CharField(blank=True, max_length=280)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_requests', to='communities.community')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_requests', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('followed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='communities.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='GroupGate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=64)),
                ('group_key', models.CharField(max_length=255)),
                ('name', models.CharField(max_length=120)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gates', to='communities.community')),
            ],
        ),
        migrations.CreateModel(
            name='GroupRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rights', to='communities.groupgate')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group_name', models.CharField(blank=True, max_length=120)),
                ('is_to_animate', models.BooleanField(default=False)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='communities.community')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'Membre'), ('animator', 'Anime')], default='member', max_length=16)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_pinned', models.BooleanField(default=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='communities.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_name', models.CharField(max_length=90)),
                ('reason', models.CharField(max_length=280)),
                ('removed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removals', to='communities.community')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removals', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='community',
            constraint=models.UniqueConstraint(condition=models.Q(('access', 'private'), _negated=True), fields=('sort_key',), name='community_name_once'),
        ),
        migrations.AddConstraint(
            model_name='community',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 2)), name='community_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='community',
            constraint=models.CheckConstraint(condition=models.Q(('hue__lt', 360)), name='community_hue_is_an_angle'),
        ),
        migrations.AddConstraint(
            model_name='entryrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('community', 'person'), name='entry_request_one_open'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('person', 'community'), name='follow_once'),
        ),
        migrations.AddConstraint(
            model_name='groupgate',
            constraint=models.UniqueConstraint(fields=('community', 'source', 'group_key'), name='group_gate_once'),
        ),
        migrations.AddConstraint(
            model_name='groupright',
            constraint=models.UniqueConstraint(fields=('person', 'gate'), name='group_right_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('community', 'person'), name='community_invitation_once'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['community', 'role', 'person'], name='membership_of_community'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('person', 'community'), name='membership_once'),
        ),
        migrations.AddConstraint(
            model_name='removal',
            constraint=models.UniqueConstraint(fields=('person', 'community'), name='removal_once'),
        ),
    ]
