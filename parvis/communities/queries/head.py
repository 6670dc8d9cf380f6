"""The head of a community's pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from parvis.communities.models import (
    AmbassadorOffer,
    Community,
    EntryRequest,
    Invitation,
    Membership,
    PutAway,
    Removal,
)
from parvis.communities.queries.life import NOTHING_TO_SAY, Life, life_of
from parvis.communities.queries.members import waiting_in
from parvis.communities.standing import Standing, by_rank, hosts, standing_of
from parvis.communities.toolbox import Tool, tabs_of, tools_of
from parvis.communities.words import Preset, Reply, kind_and_access, names_in_words, preset_of, usual_reply
from parvis.people.models import Person

# Faces and names of those who welcome; then « et d’autres ».
HOSTS = 2


@dataclass(frozen=True)
class CommunityHeader:
    community: Community
    standing: Standing
    hosts: list[Person]
    hosts_in_words: str
    # Requests to enter that wait for an answer; only for those who animate.
    waiting: int = 0
    invitation: Invitation | None = None
    last_request: EntryRequest | None = None
    removal: Removal | None = None
    # Those who animate ask the reader to welcome with them.
    embassy: AmbassadorOffer | None = None
    # Those switched on, in the order of the tabs.
    tools: Sequence[Tool] = ()
    life: Life = NOTHING_TO_SAY

    @property
    def tabs(self) -> list[Tool]:
        return tabs_of(self.tools, self.standing)

    def has(self, tool: str) -> bool:
        return any(on.name == tool for on in self.tools)

    @property
    def is_forum(self) -> bool:
        return self.community.talk == Community.Talk.FORUM

    @property
    def welcome(self) -> Markup:
        """As HTML, sanitised when it was written. So is `landing`."""
        return Markup(self.community.welcome_html)  # noqa: S704

    @property
    def landing(self) -> Markup:
        return Markup(self.community.landing_html)  # noqa: S704

    @property
    def usual_reply(self) -> Reply | None:
        return usual_reply(self.community)

    @property
    def kind_and_access(self) -> str:
        return kind_and_access(self.community)

    @property
    def preset(self) -> Preset:
        return preset_of(self.community)

    @property
    def has_own_act(self) -> bool:
        """Its filled button is the page's own, so Publier is not filled."""
        return self.standing.may_join or self.standing.may_ask

    @property
    def invitation_in_words(self) -> str:
        assert self.invitation is not None
        if self.invitation.invited_by is None:
            said = _("Le groupe « %(group)s » de l’annuaire vous ouvre cette communauté.")
            return said % {"group": self.invitation.group_name}
        name = {"name": self.invitation.invited_by.name}
        if self.invitation.is_to_animate and self.community.is_in_preparation:
            return _("%(name)s prépare cette communauté et vous propose de l’animer à deux.") % name
        if self.invitation.is_to_animate:
            return _("Plus personne n’anime cette communauté. %(name)s vous invite à l’animer.") % name
        return _("%(name)s vous invite dans cette communauté.") % name

    @property
    def embassy_in_words(self) -> str:
        assert self.embassy is not None
        if self.embassy.offered_by is None:
            said = _("On vous propose d’accueillir ici pour six mois.")
        else:
            said = _("%(name)s vous propose d’accueillir ici pour six mois.") % {"name": self.embassy.offered_by.name}
        return said + (" " + _("« %(said)s »") % {"said": self.embassy.word} if self.embassy.word else "")

    @property
    def leaves_at_once(self) -> bool:
        """Leaving can be undone in a gesture; else a page first says what it means."""
        return self.community.way_in == Community.WayIn.FREE and not (
            self.standing.is_animator or self.standing.is_guest
        )


def header(community: Community, reader: Person) -> CommunityHeader:
    """Three queries, one more for those who animate, and one for each thing an outsider is told.

    Never more, however many the members, the requests and the invitations.
    """
    standing = standing_of(reader, community)
    welcoming = hosts().filter(community=community).select_related("person").order_by(by_rank(), "joined_at", "pk")
    faces = [member.person for member in welcoming[: HOSTS + 1]]
    return CommunityHeader(
        community=community,
        standing=standing,
        hosts=faces[:HOSTS],
        hosts_in_words=names_in_words(faces[:HOSTS], and_others=len(faces) > HOSTS),
        waiting=waiting_in(community).count() if standing.may_animate else 0,
        invitation=_own_invitation(reader, community) if standing.is_invited else None,
        last_request=_own_request(reader, community) if standing.asked_at or standing.declined_at else None,
        removal=_own_removal(reader, community) if standing.is_removed else None,
        embassy=_own_embassy(reader, community) if _may_still_welcome(standing) else None,
        tools=tools_of(community),
        life=life_of(community, standing, reader),
    )


# Whoever came in longer ago knows the place.
_WELCOMED_FOR = timedelta(days=30)


def is_to_welcome(community: Community, reader: Person, standing: Standing) -> bool:
    """Whether the word of welcome is shown: to who came in lately, until they put it away. At most one query."""
    if not (community.welcome_html and standing.is_member):
        return False
    came_in = Membership.objects.filter(
        community=community, person=reader, joined_at__gt=timezone.now() - _WELCOMED_FOR
    )
    read = PutAway.objects.filter(community=community, person=reader, what=PutAway.What.WELCOME)
    return came_in.filter(~Exists(read)).exists()


def _own_invitation(person: Person, community: Community) -> Invitation | None:
    return Invitation.objects.pending().filter(person=person, community=community).select_related("invited_by").first()


def _own_request(person: Person, community: Community) -> EntryRequest | None:
    asked = EntryRequest.objects.filter(person=person, community=community).select_related("decided_by")
    return asked.order_by("-asked_at", "-pk").first()


def _own_removal(person: Person, community: Community) -> Removal | None:
    return Removal.objects.filter(person=person, community=community).select_related("removed_by").first()


def _may_still_welcome(standing: Standing) -> bool:
    return standing.is_asked_to_welcome and standing.is_member and not standing.is_archived


def _own_embassy(person: Person, community: Community) -> AmbassadorOffer | None:
    waiting = AmbassadorOffer.objects.filter(person=person, community=community, put_away_at__isnull=True)
    return waiting.select_related("offered_by").first()
