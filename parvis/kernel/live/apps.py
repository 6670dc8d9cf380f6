from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "parvis.kernel.live"
    label = "live"
