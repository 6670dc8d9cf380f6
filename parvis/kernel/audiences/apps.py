from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "parvis.kernel.audiences"
    label = "audiences"
