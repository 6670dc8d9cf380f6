from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "parvis.bench"
    label = "bench"
