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
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('family', models.SmallIntegerField(choices=[(1, 'Publication'), (2, 'Comment'), (3, 'Message')])),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('html_version', models.SmallIntegerField(default=1)),
                ('language', models.CharField(default='fr', max_length=5)),
                ('origin', models.SmallIntegerField(choices=[(1, 'Human'), (2, 'Bot'), (3, 'Import'), (4, 'Demo')], default=1)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('comment_count', models.PositiveIntegerField(default=0)),
                ('reaction_tally', models.CharField(blank=True, max_length=120)),
                ('recent_reactors', models.CharField(blank=True, max_length=42)),
                ('audience', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audiences.audience')),
                ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deleted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contributions.contribution')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contributions.contribution')),
            ],
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='audiences.audience')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='contributions.contribution')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('like', 'J’aime'), ('thanks', 'Merci'), ('bravo', 'Bravo'), ('useful', 'Utile'), ('idea', 'Idée'), ('support', 'Je soutiens')], max_length=8)),
                ('reacted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('contribution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='contributions.contribution')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='contributions.contribution')),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='TopicUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spelling', models.CharField(max_length=60)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_uses', to='contributions.contribution')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='contributions.topic')),
            ],
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(models.F('audience'), models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('deleted_at__isnull', True), ('family', 1)), name='contribution_feed'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), models.F('audience'), condition=models.Q(('deleted_at__isnull', True), ('family', 1)), name='contribution_all'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(models.F('author'), models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('deleted_at__isnull', True), ('family', 1)), name='contribution_author'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(condition=models.Q(('root__isnull', False)), fields=['root', 'id'], name='contribution_thread'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('text__length__lte', 40000)), name='contribution_text_is_bounded'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('family', 1), ('root__isnull', True)), models.Q(('family', 2), ('root__isnull', False)), ('family', 3), _connector='OR'), name='contribution_comment_has_a_root'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('person', 'audience', 'contribution'), name='mention_once'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(fields=('contribution', 'person'), name='reaction_one_word_a_person'),
        ),
        migrations.AddConstraint(
            model_name='topicuse',
            constraint=models.UniqueConstraint(fields=('topic', 'contribution'), name='topic_use_once'),
        ),
    ]
