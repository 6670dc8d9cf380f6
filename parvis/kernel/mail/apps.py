from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "parvis.kernel.mail"
    label = "mail"
