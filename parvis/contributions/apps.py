from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "parvis.contributions"
    label = "contributions"

    def ready(self) -> None:
        from parvis.contributions import declares, handlers  # noqa: F401
        from parvis.contributions.drawing import cards, unread_by
        from parvis.contributions.followed import ties_column
        from parvis.kernel.web.templating import offer
        from parvis.people.sessions import read_with_session

        offer("draw_cards", cards)
        offer("unread_by", unread_by)
        read_with_session("_ties_said", ties_column)
