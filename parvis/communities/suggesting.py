"""Communities one might look at, each with its reason in words: what one says to know, one's site, what stands under a
place of one's own, where colleagues of one's team are. No figure, nothing that is hidden, nothing that was put away.

Where the team is, is said only of what one reads anyhow: who belongs to the others is not for everybody.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from parvis.communities.models import (
    HIDDEN,
    Community,
    EntryRequest,
    Follow,
    Invitation,
    Membership,
    PutAway,
    Recommendation,
    Removal,
)
from parvis.communities.places import places_of
from parvis.communities.standing import animators
from parvis.communities.words import Reply, kind_and_access, names_in_words, usual_reply
from parvis.kernel.audiences.scope import InScope
from parvis.kernel.text import folded
from parvis.people.models import HasSkill, Person

MOST = 3
HOSTS = 2
# The liveliest among which the best reasons are looked for.
_LOOKED_AT = 40
_MOST_SKILLS = 20
# Shorter names of skills stand in too many words.
_SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    """Drawn as a card of the list of communities, with its reason."""

    community: Community
    reason: str
    hosts: list[Person]
    is_followed: bool = False
    is_asked: bool = False

    @property
    def hosts_in_words(self) -> str:
        return names_in_words(self.hosts[:HOSTS], and_others=self.has_more_hosts)

    @property
    def has_more_hosts(self) -> bool:
        return len(self.hosts) > HOSTS

    @property
    def kind_and_access(self) -> str:
        return kind_and_access(self.community)

    @property
    def usual_reply(self) -> Reply | None:
        return usual_reply(self.community)


def suggestions(person: Person, *, most: int = MOST, only_readable: bool = False) -> list[Suggestion]:
    """The strongest reasons first, then what lives; never by size. Three queries, two where nothing is found."""
    if person.is_guest:
        return []
    skills = _skills_of(person)
    mine = {place.pk: place.name for place in places_of(person) if place.role}
    site = folded(person.site).strip()
    found = _unknown_to(person).annotate(has_team=_team_of(person))
    if only_readable:
        found = found.filter(InScope("audience_id", person.scope()))
    why = Q(has_team=True) & Q(InScope("audience_id", person.scope())) | Q(parent__in=list(mine))
    if site:
        why |= Q(kind=Community.Kind.SITE) & _says(site)
    for _name, keys in skills:
        for key in keys:
            why |= _says(key)
    liveliest = F("last_exchange_at").desc(nulls_last=True)
    rows: list[Any] = list(found.filter(why).order_by(liveliest, "-pk")[:_LOOKED_AT])
    scope = person.scope()
    ranked = []
    for n, row in enumerate(rows):
        has_team = row.has_team and scope.covers(row.audience_id)
        rank, reason = _reason(row, skills=skills, site=site, parent=mine.get(row.parent_id, ""), has_team=has_team)
        ranked.append((rank, n, row, reason))
    chosen = sorted(ranked, key=lambda one: one[:2])[:most]
    hosts = _hosts_of([row.pk for _rank, _n, row, _why in chosen])
    return [Suggestion(row, reason, hosts[row.pk]) for _rank, _n, row, reason in chosen]


def _unknown_to(person: Person) -> "Any":
    """What one finds, that lives, and that one is not in; nor followed, asked for, put away, was taken out of."""
    here = {"community": OuterRef("pk"), "person": person}
    found = Community.objects.visible_to(person.scope()).exclude(access__in=HIDDEN)
    found = found.filter(archived_at__isnull=True, opened_at__isnull=False)
    known = (
        Membership.objects.filter(**here),
        Follow.objects.filter(**here),
        Removal.objects.filter(**here),
        Invitation.objects.filter(**here, accepted_at__isnull=True),
        EntryRequest.objects.filter(**here, decided_at__isnull=True),
        EntryRequest.objects.filter(**here, is_accepted=False),
        Recommendation.objects.filter(**here),
        PutAway.objects.filter(**here, what=PutAway.What.SUGGESTION),
    )
    for rows in known:
        found = found.filter(~Exists(rows))
    return found


def _team_of(person: Person) -> Exists:
    """Somebody of one's unit is a member, here today."""
    team = Membership.objects.current().filter(
        community=OuterRef("pk"),
        person__unit=person.unit,
        person__unit__gt="",
        person__activated_at__isnull=False,
        person__suspended_at__isnull=True,
    )
    return Exists(team)


def _skills_of(person: Person) -> list[tuple[str, list[str]]]:
    """Each as it is called in the reader's language, with the folded names it may have in a community's."""
    held = HasSkill.objects.filter(person=person).select_related("skill").order_by("position", "pk")[:_MOST_SKILLS]
    named = [(one.skill.name, {folded(one.skill.name_fr), folded(one.skill.name_en)}) for one in held]
    return [(name, sorted(key for key in keys if len(key) >= _SHORTEST)) for name, keys in named]


def _says(key: str) -> Q:
    """A name that has these words at the beginning of one of its own."""
    starts = Q(sort_key__startswith=key)
    for before in " '-":
        starts |= Q(sort_key__contains=f"{before}{key}")
    return starts


def _has(name: str, key: str) -> bool:
    """`_says`, of a row that was read."""
    return name.startswith(key) or any(f"{before}{key}" in name for before in " '-")


def _reason(
    row: Community, *, skills: Sequence[tuple[str, list[str]]], site: str, parent: str, has_team: bool
) -> tuple[int, str]:
    for name, keys in skills:
        if any(_has(row.sort_key, key) for key in keys):
            return 0, _("Vous dites savoir : %(skill)s") % {"skill": name}
    if site and row.kind == Community.Kind.SITE and _has(row.sort_key, site):
        return 1, _("Pour votre site")
    if parent:
        return 2, _("Sous « %(name)s », où vous êtes") % {"name": parent}
    assert has_team
    return 3, _("Des collègues de votre équipe y sont")


def _hosts_of(ids: Sequence[int]) -> dict[int, list[Person]]:
    hosts: dict[int, list[Person]] = defaultdict(list)
    if ids:
        members = animators().filter(community_id__in=ids).select_related("person")
        for member in members.order_by("joined_at", "pk"):
            hosts[member.community_id].append(member.person)
    return hosts
