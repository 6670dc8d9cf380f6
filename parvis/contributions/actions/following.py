"""Following a #word: what uses it, where one may read, comes into one's feed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from parvis.contributions import rules
from parvis.contributions.events import TopicFollowed, TopicUnfollowed
from parvis.contributions.models import Topic, TopicFollow
from parvis.kernel import events
from parvis.people.models import Person


@transaction.atomic
def follow_topic(*, person: Person, key: str) -> None:
    """Also a word that nobody used yet, as far as this person knows. Reading needs no charter. Raises
    PermissionDenied for a guest."""
    if not rules.may_follow_topics(person):
        raise PermissionDenied
    topic, _is_new = Topic.objects.get_or_create(key=key, defaults={"name": key})
    _row, is_new = TopicFollow.objects.get_or_create(person=person, topic=topic)
    if is_new:
        person.forget_scope()
        events.publish(TopicFollowed(topic.pk, person.pk))


@transaction.atomic
def unfollow_topic(*, person: Person, key: str) -> None:
    topic = Topic.objects.filter(key=key).first()
    if topic is not None and TopicFollow.objects.filter(person=person, topic=topic).delete()[0]:
        person.forget_scope()
        events.publish(TopicUnfollowed(topic.pk, person.pk))
