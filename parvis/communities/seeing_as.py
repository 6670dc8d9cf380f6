"""« Voir comme Driss »: somebody who animates reads for a quarter of an hour what a guest reads here.

Kept in the session, signed. Never more than the reader may see themselves: the scope of one lies within the other's.
It is asked again at each page whether it may go on, so that it ends with whatever it rests on. Such a page holds no
form token but that of leaving: what is sent from a tab left open is refused, also once its reader is themselves again.
"""

import time
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from parvis.communities.models import Community, Membership
from parvis.communities.standing import standing_of
from parvis.kernel.audiences.scope import Scope
from parvis.people.models import Person

KEPT_AS = "seeing_as"
LASTS = 15 * 60
_SALT = "parvis.seeing_as"

# What such a reader may open: pages of what is shared. Whatever is not named here does not exist meanwhile, and what
# is private to the guest never is: what waits for them, their settings, sessions, requests, reports and drafts.
PAGES = frozenset(
    {
        "home:feed",
        "home:news",
        "shell:help",
        "shell:offline",
        "shell:legal_notice",
        "shell:personal_data",
        "shell:accessibility",
        "shell:company_view",
        "people:charter",
        "people:photo",
        "communities:index",
        "communities:about",
        "communities:members",
        "communities:children",
        "communities:project",
        "communities:picture",
        "wall:community",
        "wall:news",
        "contributions:contribution",
        "contributions:card",
        "contributions:reactions",
        "contributions:history",
        "contributions:topic",
        "contributions:topic_news",
        "contributions:of_person",
        "directory:person",
        "directory:index",
        "directory:who_knows",
        "directory:who_knows_here",
    }
)
LEAVE = "communities:see_as_myself"


@dataclass(frozen=True)
class SeeingAs:
    guest: Person
    viewer: Person
    community: Community


def may_see_as(viewer: Person, guest: Person, community: Community) -> bool:
    """Who animates a community where the guest is, or answers for them there. Two queries."""
    stay = Membership.objects.current().filter(community=community, person=guest).first()
    if stay is None or not guest.is_guest or not guest.is_active or viewer.is_guest:
        return False
    standing = standing_of(viewer, community)
    return standing.may_animate or (stay.sponsor_id == viewer.pk and standing.is_member and standing.is_active)


def said_of(viewer: Person, guest: Person, community: Community) -> str:
    """What the session keeps."""
    return signing.dumps([viewer.pk, guest.pk, community.pk, int(time.time())], salt=_SALT)


def why_nothing_is_done(seeing: SeeingAs) -> str:
    said = _("Vous voyez comme %(name)s : on lit, on n’agit pas. Quittez d’abord cette vue, en haut de la page.")
    return said % {"name": seeing.guest.called}


def seeing_as(said: str, viewer: Person) -> SeeingAs | None:
    """What the session keeps, as long as it holds; None for what is over, or is another person's."""
    try:
        viewer_id, guest_id, community_id, _at = signing.loads(said, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if viewer_id != viewer.pk:
        return None
    guest = Person.objects.filter(pk=guest_id, activated_at__isnull=False).first()
    community = Community.objects.filter(pk=community_id).first()
    if guest is None or community is None or not may_see_as(viewer, guest, community):
        return None
    # Nobody in particular: what is only for the guest (an invitation, a reaction of theirs) is not in it.
    guest._scope = Scope(None, guest.scope().audience_ids & viewer.scope().audience_ids, is_guest=True)
    guest.is_seen_by_another = True
    return SeeingAs(guest, viewer, community)
