"""`parvis link_group SOURCE GROUP COMMUNITY`: the group's people may enter the community; each gets one invitation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.communities.models import Community
from parvis.connect.actions import link_group
from parvis.connect.models import Group


class Command(BaseCommand):
    help = "Gives the people of a directory group the right to enter a community, and one invitation each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="the name of the source")
        parser.add_argument("group", help="the name of the group in that source")
        parser.add_argument("community", help="the community's name in its address (/communautes/<here>/)")

    def handle(self, *, source: str, group: str, community: str, **options: Any) -> None:
        found = Group.objects.filter(source__name=source, name=group).select_related("source").first()
        if found is None:
            raise CommandError(
                _("La source « %(source)s » n’a pas de groupe « %(group)s ».") % {"source": source, "group": group}
            )
        place = Community.objects.filter(slug=community).first()
        if place is None:
            raise CommandError(_("Aucune communauté à l’adresse « %(slug)s ».") % {"slug": community})
        invited = link_group(by=None, group=found, community=place)
        said = ngettext(
            "%(count)d personne invitée, aucune inscrite.", "%(count)d personnes invitées, aucune inscrite.", invited
        )
        self.stdout.write(said % {"count": invited})
