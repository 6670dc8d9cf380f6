"""The directory: somebody's page, who is here, who knows, who works with whom, what I wrote and follow."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "parvis.directory"
    label = "directory"

    def ready(self) -> None:
        from parvis.directory import declares  # noqa: F401
