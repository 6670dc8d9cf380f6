from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "parvis.kernel.idempotency"
    label = "idempotency"
