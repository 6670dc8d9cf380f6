"""Ways in that another module offers on the sign-in page, such as the invented people of the demonstration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest  # noqa: TID251  a provider looks at the request it is asked about

from parvis.people.models import Person


@dataclass(frozen=True)
class Offer:
    """« entrer comme… »: a POST to `url` signs that person in. `note` is under the name."""

    label: str
    note: str
    person: Person
    url: str


Provider = Callable[[HttpRequest], Iterable[Offer]]

_providers: list[Provider] = []


def offer(provider: Provider) -> Provider:
    """Registers what another module offers; called once, in its AppConfig.ready."""
    _providers.append(provider)
    return provider


def offers(request: HttpRequest) -> list[Offer]:
    return [one for provider in _providers for one in provider(request)]
