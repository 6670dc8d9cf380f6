from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "parvis.contributions"
    label = "contributions"

    def ready(self) -> None:
        from parvis.contributions import declares, handlers  # noqa: F401
