"""What waits for somebody's own word on their own words: threads that could go where others would read them."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from parvis.communities.models import Community
from parvis.communities.words import Preset, preset_of
from parvis.contributions.models import MoveConsent
from parvis.kernel.audiences.scope import InScope
from parvis.kernel.richtext import excerpt
from parvis.people.models import Person

# More come up as these are answered.
MOST = 30


@dataclass(frozen=True)
class Question:
    """About one thread."""

    consent: MoveConsent
    words: str

    @property
    def is_answered(self) -> bool:
        return self.consent.answered_at is not None


@dataclass(frozen=True)
class Questions:
    """Those of one merge."""

    source: Community
    target: Community
    merge_id: int
    # Who would read.
    preset: Preset
    threads: list[Question]

    @property
    def open_ones(self) -> list[Question]:
        return [question for question in self.threads if not question.is_answered]


def waiting_on(author: Person) -> QuerySet[MoveConsent]:
    """Those that can still change something, where the author sees both places: who sees only one is told nothing of
    the other, and their words stay."""
    scope = author.scope()
    targets = Community.objects.visible_to(scope).filter(archived_at__isnull=True)
    return MoveConsent.objects.filter(
        Q(root__audience_id=F("merge__source__audience_id"), root__deleted_at__isnull=True),
        InScope("root__audience_id", scope),
        author=author,
        merge__undone_at__isnull=True,
        merge__target__in=targets,
    )


def questions_for(author: Person) -> list[Questions]:
    """The open ones first, oldest first. One query, and the reader's scope."""
    rows = waiting_on(author).select_related("root", "merge__source", "merge__target")
    by_merge: dict[int, Questions] = {}
    for consent in rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at", "pk")[:MOST]:
        merge = consent.merge
        group = by_merge.setdefault(
            merge.pk, Questions(merge.source, merge.target, merge.pk, preset_of(merge.target), [])
        )
        group.threads.append(Question(consent, consent.root.title or excerpt(consent.root.html, 120, {})))
    return list(by_merge.values())
