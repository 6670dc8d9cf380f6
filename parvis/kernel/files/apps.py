from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "parvis.kernel.files"
    label = "files"
