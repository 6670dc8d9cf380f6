from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "parvis.moderation"
    label = "moderation"
