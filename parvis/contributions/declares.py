"""The comment, the one kind that belongs to this module: it stands under any publication."""

from django.utils.translation import gettext_lazy as _

from parvis.contributions.models import Contribution
from parvis.contributions.registry import Kind, declare

COMMENT = declare(
    Kind(
        name="comment",
        label=_("Commentaire"),
        icon="message-square",
        family=Contribution.Family.COMMENT,
        activity_type="Note",
        search_text=lambda contribution: contribution.text,
        retention_days=None,
    )
)
