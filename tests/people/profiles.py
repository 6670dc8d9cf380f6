"""Fields of a company, and what somebody says in them."""

from typing import Any

from parvis.people import actions
from parvis.people.actions import WantedOption
from parvis.people.models import Person, ProfileField
from parvis.people.queries import company_fields

KARIM: dict[str, Any] = {"widest": "everybody", "narrowest": "nobody", "readers": "colleagues"}


def define(by: Person, name: str, kind: str = "text", options: tuple[str, ...] = (), **said: Any) -> ProfileField:
    """`options`: « français/English »."""
    wanted = [WantedOption(*(word.split("/") * 2)[:2]) for word in options]
    said = {"name_fr": name, "name_en": f"{name} (en)", **KARIM, **said}
    made = actions.add_field(by=by, kind=kind, options=wanted, **said)
    return next(field for field in company_fields() if field.pk == made.pk)


def typed(**more: Any) -> dict[str, Any]:
    """What the page of one's profile sends when nothing was changed in it, and `more`."""
    nothing = dict.fromkeys(("about", "pronounced", "working_pattern", "phone", "phone_note"), "")
    return {**nothing, **more}
