from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "parvis.people"
    label = "people"

    def ready(self) -> None:
        from parvis.people import handlers  # noqa: F401
