from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "parvis.demo"
    label = "demo"

    def ready(self) -> None:
        from parvis.demo.personas import offered
        from parvis.people.sign_in import offer

        offer(offered)
