from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "parvis.communities"
    label = "communities"

    def ready(self) -> None:
        from parvis.communities import handlers  # noqa: F401
