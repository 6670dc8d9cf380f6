from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "parvis.people"
    label = "people"

    def ready(self) -> None:
        from parvis.kernel.web.templating import offer
        from parvis.people import handlers  # noqa: F401
        from parvis.people.presence import in_words

        offer("presence_words", in_words)
