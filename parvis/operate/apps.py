from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "parvis.operate"
    label = "operate"
