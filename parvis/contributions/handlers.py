"""What follows from facts about contributions: pages that show them hear of it."""

from collections.abc import Collection, Mapping

from django.db.models import OuterRef, Subquery

from parvis.contributions.events import (
    Commented,
    Deleted,
    Edited,
    Published,
    Reacted,
    ReactionWithdrawn,
    Restored,
    TopicsBegun,
)
from parvis.contributions.models import Contribution
from parvis.contributions.queries import newest_topic_use
from parvis.kernel import live
from parvis.kernel.audiences.models import Audience
from parvis.kernel.events import with_write


@with_write(Published)
def announce(event: Published) -> None:
    live.note(f"a:{event.audience_id}", version=event.contribution_id, author=event.author_id)


@with_write(TopicsBegun)
def announce_to_pages_of_topics(event: TopicsBegun) -> None:
    """One signal an audience, whatever the topics: a page of a topic then asks whether it concerns it, with its
    reader's rights. A signal for each topic would say to all that somebody, somewhere, used the word."""
    live.note(f"u:{event.audience_id}", version=event.topic_use_id, author=event.author_id)


@with_write(Commented, Edited, Deleted, Restored, Reacted, ReactionWithdrawn)
def refresh_the_card(
    event: Commented | Edited | Deleted | Restored | Reacted | ReactionWithdrawn,
) -> None:
    root = Contribution.objects.only("version", "comment_count").get(pk=event.root_id or event.contribution_id)
    live.note(f"c:{root.pk}", version=root.version, counts={"comments": root.comment_count})


@with_write(Edited, Deleted, Restored)
def refresh_what_recommends_it(event: Edited | Deleted | Restored) -> None:
    found = Contribution.objects.filter(about=event.contribution_id, deleted_at__isnull=True)
    for recommendation in found.only("version", "comment_count"):
        counts = {"comments": recommendation.comment_count}
        live.note(f"c:{recommendation.pk}", version=recommendation.version, counts=counts)


def _audiences(ids: Collection[int]) -> Mapping[int, int]:
    return dict(Contribution.objects.filter(pk__in=ids).values_list("pk", "audience_id"))


def _versions(ids: Collection[int]) -> Mapping[int, int]:
    return dict(Contribution.objects.filter(pk__in=ids).values_list("pk", "version"))


def _newest(audience_ids: Collection[int]) -> Mapping[int, int]:
    here = Contribution.objects.filter(audience=OuterRef("pk"), family=1, deleted_at__isnull=True).newest_first()
    found = Audience.objects.filter(pk__in=audience_ids).annotate(newest=Subquery(here.values("pk")[:1]))
    return dict(found.filter(newest__isnull=False).values_list("pk", "newest"))


def _themselves(ids: Collection[int]) -> Mapping[int, int]:
    return {each: each for each in ids}


def _newest_use(audience_ids: Collection[int]) -> Mapping[int, int]:
    """Of any topic anywhere: who missed something asks once."""
    newest = newest_topic_use()
    return dict.fromkeys(audience_ids, newest)


live.audience_of("c", _audiences)
live.audience_of("u", _themselves)
live.version_of("c", _versions)
live.version_of("a", _newest)
live.version_of("u", _newest_use)
