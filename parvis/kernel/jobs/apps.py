from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "parvis.kernel.jobs"
    label = "jobs"
