from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "parvis.wall"
    label = "wall"
