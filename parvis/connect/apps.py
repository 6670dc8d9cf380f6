from django.apps import AppConfig


class ConnectConfig(AppConfig):
    name = "parvis.connect"
    label = "connect"
