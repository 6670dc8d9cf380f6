from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "parvis.communities"
    label = "communities"

    def ready(self) -> None:
        from parvis.communities import handlers  # noqa: F401
        from parvis.communities.places import places_column
        from parvis.people.sessions import read_with_session

        read_with_session("_places_said", places_column)
