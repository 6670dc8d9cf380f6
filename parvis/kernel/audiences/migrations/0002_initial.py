import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audiences', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='audiencemember',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='audiencemember',
            index=models.Index(fields=['audience', 'person'], name='audience_member_reverse'),
        ),
        migrations.AddConstraint(
            model_name='audiencemember',
            constraint=models.UniqueConstraint(fields=('person', 'audience'), name='audience_member_once'),
        ),
    ]
