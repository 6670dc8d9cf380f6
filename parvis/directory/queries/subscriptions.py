"""« Mes abonnements »: what comes into one's feed by one's own choice, and whom one keeps out. For oneself alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from parvis.communities.places import Mine, places_of
from parvis.contributions.models import Contribution, Topic, TopicFollow, TopicUse
from parvis.kernel.audiences.scope import InScope, Scope
from parvis.people.models import Block, Mute, Person, PersonFollow

PEOPLE = 50
# Of the topics one follows and of those one does not read, the most that a page shows.
MOST = 300


@dataclass(frozen=True)
class FollowedTopic:
    key: str
    name: str


@dataclass(frozen=True)
class Subscriptions:
    people: Sequence[Person]
    next_person_id: int | None
    joined: Sequence[Mine]
    followed: Sequence[Mine]
    topics: Sequence[FollowedTopic]
    blocked: Sequence[Person]
    muted: Sequence[Person]

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.joined or self.followed or self.topics or self.blocked or self.muted)


def subscriptions_of(person: Person, *, after_id: int = 0) -> Subscriptions:
    """By name. Five queries; one's places were read with the session."""
    scope = person.scope()
    people = Person.objects.visible_to(scope).filter(
        pk__in=PersonFollow.objects.filter(person=person).values("followed_id")
    )
    last = Person.objects.get_queryset().filter(pk=after_id).values_list("sort_key", "pk").first()
    if last:
        people = people.filter(Q(sort_key__gt=last[0]) | Q(sort_key=last[0], pk__gt=last[1]))
    shown = list(people.order_by("sort_key", "pk")[: PEOPLE + 1])
    blocks, mutes = Block.objects.filter(person=person), Mute.objects.filter(person=person)
    blocked = Person.objects.get_queryset().filter(pk__in=blocks.values("blocked_id"))
    muted = Person.objects.get_queryset().filter(pk__in=mutes.values("muted_id")).exclude(pk__in=blocked)
    readable = [place for place in places_of(person) if scope.covers(place.audience_id)]
    return Subscriptions(
        people=shown[:PEOPLE],
        next_person_id=shown[PEOPLE - 1].pk if len(shown) > PEOPLE else None,
        joined=[place for place in readable if place.role],
        followed=[place for place in readable if not place.role],
        topics=_topics(person, scope),
        blocked=list(blocked.order_by("sort_key", "pk")[:MOST]),
        muted=list(muted.order_by("sort_key", "pk")[:MOST]),
    )


def _topics(person: Person, scope: Scope) -> list[FollowedTopic]:
    """As most write it, where this person reads one who writes it; else as they asked for it."""
    used = TopicUse.objects.filter(
        InScope("contribution__audience_id", scope),
        topic=OuterRef("pk"),
        contribution__deleted_at__isnull=True,
        contribution__family=Contribution.Family.PUBLICATION,
    )
    followed = TopicFollow.objects.filter(person=person).values("topic_id")
    found = Topic.objects.filter(pk__in=followed).annotate(is_used=Exists(used)).order_by("key")[:MOST]
    return [FollowedTopic(topic.key, topic.name if topic.is_used else topic.key) for topic in found]
