from django.db import migrations, models


_OF_PUBLICATIONS = """
UPDATE contributions_topicuse SET published_at = (
    SELECT c.published_at FROM contributions_contribution c
    WHERE c.id = contributions_topicuse.contribution_id AND c.family = 1)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0003_moves_reach_follows'),
    ]

    operations = [
        migrations.AddField(
            model_name='topicuse',
            name='published_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(_OF_PUBLICATIONS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='topicuse',
            index=models.Index(models.F('topic'), models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(models.F('contribution'), descending=True), condition=models.Q(('published_at__isnull', False)), name='topic_use_newest'),
        ),
    ]
