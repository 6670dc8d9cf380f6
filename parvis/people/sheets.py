"""The sheet of paper that lets somebody in: who, the code, where to type it, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from parvis.kernel.web.dates import locale
from parvis.people.actions import PAPER_CODE_LASTS
from parvis.people.models import Person


@dataclass(frozen=True)
class Sheet:
    name: str
    identifier: str
    site: str
    unit: str
    code: str
    address: str
    until: date

    @property
    def until_in_words(self) -> str:
        return format_date(self.until, "long", locale=locale())


def sheets_for(pairs: Iterable[tuple[Person, str]]) -> list[Sheet]:
    """(person, code just made), in the same order."""
    address = f"{settings.PARVIS_URL}{reverse('people:paper_code')}"
    until = timezone.localdate() + PAPER_CODE_LASTS
    return [
        Sheet(person.name, person.identifier, person.site, person.unit, code, address, until) for person, code in pairs
    ]
