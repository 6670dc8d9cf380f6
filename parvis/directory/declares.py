"""What the directory offers communities: who knows, among their people."""

from django.utils.translation import gettext_lazy as _

from parvis.communities.toolbox import Tool, declare

KNOWS = declare(
    Tool(
        name="knows",
        label=_("Qui sait ?"),
        icon="lightbulb",
        purpose=_("Les personnes d’ici qui savent, et de quoi les trouver."),
        route="directory:who_knows_here",
        kinds=("trade", "cross_company", "project", "pilot"),
        rank=40,
        pages=("who_knows",),
    )
)
