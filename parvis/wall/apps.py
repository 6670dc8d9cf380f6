from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "parvis.wall"
    label = "wall"

    def ready(self) -> None:
        from parvis.wall import declares  # noqa: F401
