from django.apps import AppConfig


class ServeConfig(AppConfig):
    name = "parvis.kernel.serve"
    label = "serve"
