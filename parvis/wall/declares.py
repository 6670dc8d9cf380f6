"""The plain publication: « Une information »."""

from django.utils.translation import gettext_lazy as _

from parvis.contributions.models import Contribution
from parvis.contributions.registry import Kind, declare
from parvis.wall.actions import INFORMATION

INFORMATION_KIND = declare(
    Kind(
        name=INFORMATION,
        label=_("Information"),
        icon="newspaper",
        family=Contribution.Family.PUBLICATION,
        activity_type="Note",
        search_text=lambda contribution: f"{contribution.title}\n{contribution.text}",
        retention_days=None,
        is_composed=True,
    )
)
