from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "parvis.kernel.database"
    label = "database"
