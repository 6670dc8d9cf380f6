"""The two kinds that belong to this module, since they are about others: the comment and the recommendation."""

from django.utils.translation import gettext_lazy as _

from parvis.contributions.lines import RECOMMENDATION
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

RECOMMENDED = declare(
    Kind(
        name=RECOMMENDATION,
        label=_("Recommandation"),
        icon="forward",
        family=Contribution.Family.PUBLICATION,
        activity_type="Announce",
        # Its own word alone: whoever finds it may not be one who may read what it recommends.
        search_text=lambda contribution: contribution.text,
        retention_days=None,
    )
)
