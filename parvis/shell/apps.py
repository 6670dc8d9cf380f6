from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "parvis.shell"
    label = "shell"
