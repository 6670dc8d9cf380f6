from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "parvis.contributions"
    label = "contributions"

    def ready(self) -> None:
        from parvis.contributions import declares, handlers  # noqa: F401
        from parvis.contributions.drawing import cards
        from parvis.kernel.web.templating import offer

        offer("draw_cards", cards)
