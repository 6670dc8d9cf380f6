"""What shows on a community's front: its tools and their order, its picture, what people put away, how soon one
answers there."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from markupsafe import Markup

from parvis.communities import rules as may
from parvis.communities.actions.entering import lock
from parvis.communities.actions.wording import refuse_archived
from parvis.communities.colours import hue_of_colour
from parvis.communities.events import CommunityChanged
from parvis.communities.looks import checked_colour
from parvis.communities.models import Community, CommunityTool, PutAway
from parvis.communities.toolbox import MOST, all_tools, tools_of
from parvis.kernel import events, richtext
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.files.actions import keep, received
from parvis.kernel.files.models import File
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# Of the band above a community: a phone, a desk, a sharp screen.
PICTURE_SIDES = (640, 1280, 2048)
MOST_WORDS = 2000


@transaction.atomic
def choose_tools(*, by: Person, community: Community, names: Sequence[str], based_on: str = "") -> None:
    """Those switched on, in the order of the tabs; the others are off. What is always there stays.

    `based_on`: the names that the form was opened on, as `tools_mark` says them. Raises CharterNeeded,
    PermissionDenied, ValidationError.
    """
    must_have_agreed(by)
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    refuse_archived(community)
    offered = {tool.name: tool for tool in all_tools(community.kind)}
    wanted = [offered[name] for name in dict.fromkeys(names) if name in offered]
    wanted += [tool for tool in offered.values() if tool.is_always and tool not in wanted]
    before = tools_of(community)
    if [tool.name for tool in wanted] == [tool.name for tool in before]:
        return
    if based_on and based_on != ",".join(tool.name for tool in before):
        raise ValidationError(
            _(
                "Ces onglets ont été changés entre-temps, par quelqu’un d’autre ou dans une autre fenêtre. Vos "
                "choix sont gardés ci-dessous : enregistrez encore pour qu’ils remplacent les autres."
            )
        )
    if sum(1 for tool in wanted if tool.route) > MOST:
        raise ValidationError(
            _("Sept onglets au plus : au-delà, on ne les lit plus. Éteignez-en un pour allumer celui-ci.")
        )
    CommunityTool.objects.filter(community=community).delete()
    CommunityTool.objects.bulk_create(
        CommunityTool(community=community, name=tool.name, position=n) for n, tool in enumerate(wanted)
    )
    events.publish(CommunityChanged(community.pk))


def change_picture(*, by: Person, community: Community, content: Any, name: str) -> None:
    """`content`: bytes or an upload. Raises CharterNeeded, PermissionDenied, Refused (a ValidationError) in words.

    Not atomic as a whole: decoding takes a while, and happens before the write lock is taken.
    """
    must_have_agreed(by)
    if not may.may_animate(by, community):
        raise PermissionDenied
    refuse_archived(community)
    with received(content, name=name, sides=PICTURE_SIDES, only_pictures=True) as whole, transaction.atomic():
        community = lock(community)
        if not may.may_animate(by, community):
            raise PermissionDenied
        refuse_archived(community)
        _put_picture(community, keep(whole, owner=by, audience_id=picture_audience_id(community)))


@transaction.atomic
def remove_picture(*, by: Person, community: Community) -> None:
    community = lock(community)
    if not may.may_animate(by, community):
        raise PermissionDenied
    if community.picture_id is not None:
        _put_picture(community, None)


def _put_picture(community: Community, picture: File | None) -> None:
    before = community.picture
    community.picture = picture
    community.save(update_fields=["picture"])
    if before is not None:
        before.delete()
    events.publish(CommunityChanged(community.pk))


def picture_audience_id(community: Community) -> int:
    """Of what everybody finds, everybody of the company; of what leaves no trace, its members alone."""
    return community.audience_id if community.is_hidden else company_audience_id()


def move_picture(community: Community) -> None:
    """Its access changed: those who read the picture's file do too. Runs in the caller's transaction."""
    if community.picture_id is not None:
        File.objects.filter(pk=community.picture_id).update(audience_id=picture_audience_id(community))


def dress(
    community: Community,
    *,
    talk: str | None = None,
    shows_rules: bool | None = None,
    welcome: str | None = None,
    landing: str | None = None,
    colour: str | None = None,
) -> None:
    """Of `change_settings`, which saves: how it looks and speaks. What is None stays. Raises ValidationError."""
    if talk:
        if talk not in Community.Talk.values:
            raise ValidationError({"talk": _("Choisissez entre le Fil et le Forum.")})
        community.talk = talk
    if shows_rules is not None:
        community.shows_rules = shows_rules
    if welcome is not None:
        community.welcome, community.welcome_html = _words(welcome, field="welcome")
    if landing is not None:
        community.landing, community.landing_html = _words(landing, field="landing")
    if colour is not None:
        community.colour = checked_colour(colour)
        # Its tiles, in the menu and in lists, take its hue; a grey leaves them theirs.
        community.hue = hue_of_colour(community.colour) or community.hue if community.colour else community.hue
    if community.is_secret:
        community.usual_reply_minutes = None


def _words(text: str, *, field: str) -> tuple[str, str]:
    """Markdown and its HTML. Nobody is called from there: a text that stays would call them again and again."""
    kept = richtext.clean(text)
    if len(kept) > MOST_WORDS:
        raise ValidationError(
            {
                field: _("C’est trop long : %(length)d caractères, pour %(most)d au plus.")
                % {"length": len(kept), "most": MOST_WORDS}
            }
        )
    return kept, str(richtext.resolve(richtext.render(kept).html, lambda _person_id: Markup("@…")))


@transaction.atomic
def put_away(*, person: Person, community: Community, what: PutAway.What) -> None:
    """Not shown to this person again. Twice is once."""
    PutAway.objects.get_or_create(person=person, community=community, what=what)


@transaction.atomic
def bring_back(*, person: Person, community: Community, what: PutAway.What) -> None:
    PutAway.objects.filter(person=person, community=community, what=what).delete()


@transaction.atomic
def note_usual_reply(*, audience_id: int, minutes: int | None) -> None:
    """How soon one is answered there. No event: nothing happened, it was looked at."""
    Community.objects.filter(audience_id=audience_id).update(usual_reply_minutes=minutes)
