from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "parvis.communities"
    label = "communities"

    def ready(self) -> None:
        from parvis.communities import (
            handlers,  # noqa: F401
            stays,
        )
        from parvis.communities.places import places_column
        from parvis.kernel.web.dates import day_in_words
        from parvis.kernel.web.templating import offer
        from parvis.people.sessions import read_with_session

        read_with_session("_places_said", places_column)
        offer("day", day_in_words)
        offer("last_day", stays.last_day)
