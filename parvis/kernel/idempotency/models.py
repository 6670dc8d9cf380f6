"""Keys of forms already sent, so that a double click, two tabs or a lost answer create one thing."""

from django.conf import settings
from django.db import models


class UsedKey(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    result_id = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="idempotency_key_once")]
