"""What the home of somebody shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.communities import stays
from parvis.communities.models import AmbassadorOffer, Community, Membership, MergeOffer, Pulse
from parvis.communities.places import places_of
from parvis.communities.queries import (
    children_that_ask,
    feed_audience_ids,
    recommended_to,
    requests_by_community,
    stays_to_look_at,
    unanimated_count,
)
from parvis.communities.standing import animators
from parvis.communities.suggesting import suggestions
from parvis.contributions.followed import NONE, ties_of
from parvis.contributions.lines import Line
from parvis.contributions.models import Contribution
from parvis.contributions.moves import waiting_on
from parvis.contributions.queries import cards
from parvis.kernel.audiences.scope import Scope, ids_parameter, one_of
from parvis.kernel.database.reading import rows, time_parameter, time_read
from parvis.kernel.french import of_name
from parvis.kernel.pagination import Cursor
from parvis.kernel.richtext import excerpt
from parvis.moderation.models import Report
from parvis.people.models import Person

NEW_FOR = timedelta(days=30)
ACTS = 3
NEAR = 6
MOST = 5
LOOKED_AT = 3
# A page listens to this many places at most; the others it shows when it is read again.
MOST_HEARD = 150


def feed_scope(person: Person) -> Scope:
    """What one belongs to and follows, within what one may read. Both were read with the session."""
    return person.scope().only(feed_audience_ids(person))


def heard(person: Person, scope: Scope) -> dict[str, Any]:
    """What the pill of the feed listens to. A publication of somebody one follows may stand in any open audience, and
    one of somebody one does not read in one's own: then all that one may read is heard, one's own first, and the page
    asks whether it is for this feed. `now` is where an empty feed goes on from."""
    own = sorted(scope.audience_ids)
    asks = ties_of(person) != NONE
    others = sorted(person.scope().audience_ids - scope.audience_ids) if asks else []
    topics = " ".join(f"a:{audience_id}" for audience_id in [*own, *others][:MOST_HEARD])
    return {"topics": topics, "asks": asks, "now": Cursor(timezone.now(), 0) if asks else ""}


# Each kind of act by its own index, and no more of them than are asked for.
_ACTS = f"""
SELECT (SELECT count(*) FROM (SELECT 1 FROM contributions_contribution WHERE author_id = %s AND family = 1
    AND deleted_at IS NULL AND origin <> {Contribution.Origin.IMPORT.value} LIMIT {ACTS}) p)
  + (SELECT count(*) FROM (SELECT 1 FROM contributions_contribution WHERE author_id = %s AND family = 2
    AND origin <> {Contribution.Origin.IMPORT.value} LIMIT {ACTS}) c)
  + (SELECT count(*) FROM (SELECT 1 FROM contributions_reaction WHERE person_id = %s LIMIT {ACTS}) r)
"""  # noqa: S608


def is_new_here(person: Person) -> bool:
    """Until three acts, thirty days, or « je connais ». Computed when shown, never stored. One query."""
    if person.is_guest or person.knows_the_place_at or person.activated_at is None:
        return False
    if timezone.now() - person.activated_at > NEW_FOR:
        return False
    [(acts,)] = rows(_ACTS, [person.pk] * 3)
    return bool(acts < ACTS)


@dataclass(frozen=True)
class ToLookAt:
    community: Community
    host: Person | None
    reason: str = ""


@dataclass(frozen=True)
class Welcome:
    """A newcomer's home: a host, three communities to look at, what near colleagues wrote lately."""

    host: Person | None
    host_community: Community | None
    communities: list[ToLookAt]
    recent: list[Line]


def welcome(person: Person) -> Welcome:
    """What suggests itself to this person first, then what lives; never by size. At most seven queries, and cards."""
    scope = person.scope()
    looked_at = [
        ToLookAt(one.community, next((host for host in one.hosts if host.is_active), None), one.reason)
        for one in suggestions(person, most=LOOKED_AT, only_readable=True)
    ]
    if len(looked_at) < LOOKED_AT:
        looked_at += _lively(person, scope, beside=[one.community.pk for one in looked_at])
    first = next((entry for entry in looked_at if entry.host), None)
    return Welcome(
        host=first.host if first else None,
        host_community=first.community if first else None,
        communities=looked_at,
        recent=_near_contributions(person, scope),
    )


def _lively(person: Person, scope: Scope, *, beside: list[int]) -> list[ToLookAt]:
    """Without a reason of their own: those where something was said last. Two queries."""
    living = Community.objects.readable_by(scope).filter(archived_at__isnull=True, opened_at__isnull=False)
    others = living.exclude(memberships__person=person).exclude(pk__in=beside).order_by("-last_exchange_at", "pk")
    found = list(others[: LOOKED_AT - len(beside)])
    hosts: dict[int, Person] = {}
    welcoming = animators().filter(community__in=[c.pk for c in found])
    for membership in welcoming.select_related("person").order_by("-joined_at", "pk"):
        hosts[membership.community_id] = membership.person
    return [ToLookAt(c, hosts.get(c.pk)) for c in found]


def _near_contributions(person: Person, scope: Scope) -> list[Line]:
    near = Q(pk__in=[])
    if person.site:
        near |= Q(author__site=person.site)
    if person.unit:
        near |= Q(author__unit=person.unit)
    recent = Contribution.objects.visible_to(scope).publications().filter(published_at__gt=timezone.now() - NEW_FOR)
    recent = recent.exclude(author_id__in=ties_of(person).unread)
    ids = list(recent.filter(near).exclude(author=person).newest_first().values_list("pk", flat=True)[:NEAR])
    if not ids:
        ids = list(recent.exclude(author=person).newest_first().values_list("pk", flat=True)[:NEAR])
    return [card.line for card in cards(ids, scope)]


@dataclass(frozen=True)
class ToAnswer:
    """A contribution that calls this person, whose publication they have not answered since."""

    url: str
    words: str
    author: str
    at: datetime


@dataclass(frozen=True)
class ForYou:
    """Something that waits for this person, mostly as one who animates, with its address. No name stands beside a
    number."""

    words: str
    url: str
    act: str


# By the index of mentions, newest first: a month of them is a handful of rows. Then what of one's own was removed,
# until the reason is read: removals are few.
_CALLS = """
SELECT * FROM (
SELECT c.id, c.root_id, c.title, c.html, CAST(c.published_at AS TEXT), p.name
FROM contributions_mention m JOIN contributions_contribution c ON c.id = m.contribution_id
JOIN people_person p ON p.id = c.author_id LEFT JOIN contributions_contribution r ON r.id = c.root_id
WHERE m.person_id = %s AND m.audience_id {one_of} {unblocked} AND c.author_id <> %s
AND c.deleted_at IS NULL AND r.deleted_at IS NULL AND c.published_at > %s AND NOT EXISTS (
  SELECT 1 FROM contributions_contribution a
  WHERE a.root_id = COALESCE(c.root_id, c.id) AND a.id > c.id AND a.author_id = %s AND a.deleted_at IS NULL)
ORDER BY c.published_at DESC, c.id DESC LIMIT 3) calls
UNION ALL SELECT * FROM (
SELECT c.id, c.root_id, c.title, c.html, CAST(x.removed_at AS TEXT), ''
FROM moderation_removal x JOIN contributions_contribution c ON c.id = x.contribution_id
WHERE c.author_id = %s AND x.seen_by_author_at IS NULL AND c.deleted_at IS NOT NULL
ORDER BY x.removed_at DESC LIMIT 3) removals
UNION ALL SELECT 0, NULL, '', '', '', '' WHERE EXISTS (
  SELECT 1 FROM contributions_moveconsent WHERE author_id = %s AND answered_at IS NULL)
UNION ALL SELECT 0, NULL, 'offered', '', '', '' WHERE EXISTS (
  SELECT 1 FROM communities_ambassadoroffer WHERE person_id = %s AND put_away_at IS NULL)
  OR EXISTS (SELECT 1 FROM communities_recommendation WHERE person_id = %s AND put_away_at IS NULL)
UNION ALL SELECT 0, NULL, 'guests', '', '', '' WHERE EXISTS (
  SELECT 1 FROM communities_membership WHERE sponsor_id = %s AND ends_at <= %s AND let_end_at IS NULL)
"""


@dataclass(frozen=True)
class Beside:
    """What stands beside the feed."""

    for_you: list[ForYou]
    to_answer: list[ToAnswer]


def beside(person: Person) -> Beside:
    """At most three to answer, of the last month, newest first; before them what waits for this person. One query,
    four more for those who animate, one more for administrators and for each thing that is proposed."""
    if person.is_seen_by_another:
        return Beside([], [])
    since = time_parameter(timezone.now() - NEW_FOR)
    audiences = ids_parameter(person.scope().audience_ids)
    soon = time_parameter(timezone.now() + stays.TOLD_BEFORE)
    given = [person.pk, audiences, person.pk, since, *[person.pk] * 6, soon]
    to_answer, for_you, answers_for_guests = [], [], False
    unblocked, blocked = "", ties_of(person).blocked
    if blocked:  # whoever they blocked does not call them, also by what was written before
        unblocked = f"AND NOT c.author_id {one_of()}"
        given.insert(2, ids_parameter(blocked))
    for pk, root, title, html, at, name in rows(_CALLS.format(one_of=one_of(), unblocked=unblocked), given):
        words = title or excerpt(html, 70, {person.pk: person.called})
        if not pk and title == "offered":
            for_you += _offered(person)
        elif not pk and title == "guests":
            answers_for_guests = True
        elif not pk:
            for_you += _about_own_words(person)
        elif name:
            to_answer.append(ToAnswer(f"/c/{root or pk}/" + (f"#c-{pk}" if root else ""), words, name, time_read(at)))
        else:
            said = _("L’animation a retiré « %(words)s »") % {"words": words}
            for_you.append(ForYou(said, reverse("moderation:mine"), _("Lire la raison")))
    animated = [mine.pk for mine in places_of(person) if mine.role == Membership.Role.ANIMATOR]
    if animated or answers_for_guests:
        for_you += _about_guests(person, animated)
    for_you += _about_lives(person) + _for_animators(person)
    for_you += _for_administrators() if person.is_administrator else []
    return Beside(for_you, to_answer)


def _for_administrators() -> list[ForYou]:
    count = unanimated_count()
    words = ngettext("%(num)d communauté n’est plus animée", "%(num)d communautés ne sont plus animées", count)
    return [ForYou(words % {"num": count}, reverse("communities:unanimated"), _("Voir"))] if count else []


def _about_guests(person: Person, animated: list[int]) -> list[ForYou]:
    """Guests nobody answers for, where one animates; stays that end soon, of those one answers for."""
    found = []
    for one in stays_to_look_at(person, animated):
        said = {"of_name": of_name(one.member.person.name), "place": one.member.community.name}
        act = _("Prolonger ou laisser finir") if one.is_ending else _("Choisir")
        if one.is_ending:
            words = _("Le séjour %(of_name)s dans %(place)s finit bientôt") % said
        else:
            words = _("Plus personne ne répond %(of_name)s dans %(place)s") % said
        address = reverse("communities:stay", args=[one.member.community.slug, one.member.person_id])
        found.append(ForYou(words, address, act))
    return found


def _about_own_words(person: Person) -> list[ForYou]:
    """Communities joined others: may what one wrote follow? One query, where something waits."""
    asked = (
        waiting_on(person).filter(answered_at__isnull=True).values_list("merge__source__name", "merge__target__name")
    )
    said = _("« %(source)s » a rejoint « %(target)s » : vos écrits peuvent-ils suivre ?")
    return [
        ForYou(said % {"source": source, "target": target}, reverse("contributions:moves"), _("Répondre"))
        for source, target in sorted(set(asked))[:MOST]
    ]


def _about_lives(person: Person) -> list[ForYou]:
    """Where one animates: does it go on, may another join it? Two queries."""
    animated = [mine.pk for mine in places_of(person) if mine.role == Membership.Role.ANIMATOR]
    if not animated:
        return []
    pulses = Pulse.objects.filter(community__in=animated, answered_at__isnull=True, community__archived_at=None)
    offers = MergeOffer.objects.filter(target__in=animated).select_related("source", "target")
    return [
        ForYou(
            _("« %(place)s » continue-t-elle ?") % {"place": pulse.community.name},
            reverse("communities:pulse", args=[pulse.community.slug]),
            _("Répondre"),
        )
        for pulse in pulses.select_related("community").order_by("asked_at", "pk")[:MOST]
    ] + [
        ForYou(
            _("« %(source)s » demande à rejoindre « %(target)s »")
            % {"source": offer.source.name, "target": offer.target.name},
            reverse("contributions:answer_merge_offer", args=[offer.target.slug, offer.pk]),
            _("Voir"),
        )
        for offer in offers.order_by("offered_at", "pk")[:MOST]
    ]


def _offered(person: Person) -> list[ForYou]:
    """What somebody proposes: to welcome with those who animate, to look at a community. Two queries."""
    found = []
    asked = AmbassadorOffer.objects.filter(person=person, put_away_at__isnull=True)
    for offer in asked.select_related("community").order_by("offered_at", "pk")[:MOST]:
        words = _("On vous propose une ambassade dans %(place)s") % {"place": offer.community.name}
        found.append(ForYou(words, offer.community.get_absolute_url(), _("Lire")))
    for told in recommended_to(person).order_by("-recommended_at", "-pk")[:2]:
        if told.by is None:
            words = _("On vous recommande %(place)s") % {"place": told.community.name}
        else:
            said = {"name": told.by.name, "place": told.community.name}
            words = _("%(name)s vous recommande %(place)s") % said
        found.append(ForYou(words, f"{reverse('communities:index')}#recommandees", _("Lire")))
    return found


def _for_animators(person: Person) -> list[ForYou]:
    """At most five: requests to enter first, one line a community, then communities that ask to stand under one's
    own, then reports."""
    animated = {m.audience_id: m.place for m in places_of(person) if m.role == Membership.Role.ANIMATOR}
    if not animated:
        return []
    names = {place.pk: place for place in animated.values()}
    found = []
    for waiting in requests_by_community(names):
        place = names[waiting.community_id]
        if waiting.count == 1:
            words = _("%(name)s demande à entrer dans %(place)s") % {"name": waiting.name, "place": place.name}
        else:
            words = _("Plusieurs personnes demandent à entrer dans %(place)s") % {"place": place.name}
        if waiting.is_late:
            words = _("%(words)s : cela attend depuis deux jours") % {"words": words}
        found.append(ForYou(words, reverse("communities:members", args=[place.slug]), _("Répondre")))
    for asked in children_that_ask(person, list(names)):
        words = _("%(child)s propose de se placer sous %(place)s") % {
            "child": asked.community.name,
            "place": asked.parent.name,
        }
        found.append(ForYou(words, reverse("communities:children", args=[asked.parent.slug]), _("Répondre")))
    found = found[:MOST]
    reported = Report.objects.filter(audience__in=list(animated), decided_at__isnull=True).order_by("audience_id")
    for audience_id in reported.values_list("audience_id", flat=True).distinct()[: MOST - len(found)]:
        words = _("Un signalement attend dans %(place)s") % {"place": animated[audience_id].name}
        found.append(ForYou(words, reverse("moderation:queue", args=[animated[audience_id].slug]), _("Lire")))
    return found
