from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "parvis.kernel.live"
    label = "live"

    def ready(self) -> None:
        from parvis.kernel.live import handlers  # noqa: F401
